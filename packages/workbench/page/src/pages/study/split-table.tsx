import { count, percent } from '@chromaray/base/browser';
import { useAsked } from '../../api/use-asked.js';
import { Failure } from '../../kit/failure.js';
import { WideTable } from '../../kit/wide-table.js';

interface Counts {
  readonly records: number;
  readonly patients: number | null;
  readonly positives: number;
  readonly negatives: number;
}

interface Split {
  readonly method: string;
  readonly seed: number;
  readonly notes: readonly string[];
  readonly counts: Readonly<Record<'train' | 'validation' | 'test', Counts>>;
}

const parts = { train: 'Training', validation: 'Validation', test: 'Test' } as const;

/** How X-rays and patients are divided. */
export function SplitTable({ path, known }: { readonly path: string; readonly known: boolean }) {
  const split = useAsked<Split>(known ? `${path}/split` : undefined);
  if (!known) return <p>The data set has not been divided yet.</p>;
  if (split.fault) return <Failure error={split.fault} again={split.again} />;
  if (split.answer === undefined) return null;
  const { method, seed, notes, counts } = split.answer;
  return (
    <>
      <WideTable label="Split">
        <caption>
          Method {method}, seed {seed}
        </caption>
        <thead>
          <tr>
            <th>Part</th>
            <th className="number">X-rays</th>
            <th className="number">Patients</th>
            <th className="number">Positive</th>
            <th className="number">Negative</th>
          </tr>
        </thead>
        <tbody>
          {(['train', 'validation', 'test'] as const).map((part) => {
            const { records, patients, positives, negatives } = counts[part];
            return (
              <tr key={part}>
                <th>{parts[part]}</th>
                <td className="number">{count(records)}</td>
                <td className="number">{patients === null ? 'unknown' : count(patients)}</td>
                <td className="number">
                  {count(positives)}{' '}
                  <span className="faint">({percent(records === 0 ? null : positives / records, 0)})</span>
                </td>
                <td className="number">{count(negatives)}</td>
              </tr>
            );
          })}
        </tbody>
      </WideTable>
      {notes.map((note) => (
        <p key={note} className="small">
          {note}
        </p>
      ))}
    </>
  );
}
