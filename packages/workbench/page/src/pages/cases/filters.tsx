import { useState } from 'react';
import { AskError, ask, type Fault } from '../../api/client.js';
import { Failure } from '../../kit/failure.js';
import { csvOf } from '../../kit/figure/csv.js';
import { type CasePage, type CaseQuery, outcomeNames, sorts, type useCaseQuery } from './case-query.js';

interface FiltersProps {
  readonly path: string;
  readonly chosen: ReturnType<typeof useCaseQuery>;
  readonly page: Pick<CasePage, 'total' | 'labels' | 'arms'>;
}

/** Which cases, in which order; and all of them as CSV. */
export function Filters({ path, chosen, page }: FiltersProps) {
  const { sort, order, label, outcome, arm, text, query } = chosen;
  return (
    <div className="row">
      <Choice label="Sort by" value={sort} names={sorts} onChoose={chosen.setSort} />
      <button type="button" onClick={() => chosen.setOrder(order === 'down' ? 'up' : 'down')}>
        {order === 'down' ? 'Largest first' : 'Smallest first'}
      </button>
      <Choice label="Class" value={label} names={named(page.labels)} all onChoose={chosen.setLabel} />
      <Choice label="Arm" value={arm} names={named(page.arms)} all onChoose={chosen.setArm} />
      {arm !== '' && (
        <Choice
          label="Outcome"
          value={outcome}
          names={named(outcomeNames(page.labels.length))}
          all
          onChoose={chosen.setOutcome}
        />
      )}
      <label>
        Name contains <input value={text} size={12} onChange={({ target }) => chosen.setText(target.value)} />
      </label>
      <span role="status">
        {page.total} {page.total === 1 ? 'case' : 'cases'}
      </span>
      <CopyCsv path={path} query={query} />
    </div>
  );
}

function named(names: readonly string[]): Readonly<Record<string, string>> {
  return Object.fromEntries(names.map((name) => [name, name]));
}

interface ChoiceProps {
  readonly label: string;
  readonly value: string;
  readonly names: Readonly<Record<string, string>>;
  /** Nothing chosen is all. */
  readonly all?: boolean;
  readonly onChoose: (value: string) => void;
}

function Choice({ label, value, names, all = false, onChoose }: ChoiceProps) {
  return (
    <label>
      {label}{' '}
      <select value={value} onChange={({ target }) => onChoose(target.value)}>
        {all && <option value="">all</option>}
        {Object.entries(names).map(([key, name]) => (
          <option key={key} value={key}>
            {name}
          </option>
        ))}
      </select>
    </label>
  );
}

/** Cases that are asked for at once. */
const atOnce = 1000;

function CopyCsv({ path, query }: { readonly path: string; readonly query: CaseQuery }) {
  const [done, setDone] = useState('');
  const [fault, setFault] = useState<Fault>();
  const copy = async (): Promise<void> => {
    setFault(undefined);
    try {
      const rows: (readonly (string | number)[])[] = [];
      let columns: readonly string[] = [];
      for (let total = 1; rows.length < total; ) {
        const page = await ask<CasePage>(path, { ...query, offset: rows.length, limit: atOnce });
        total = page.total;
        columns = ['record', 'class', 'error', 'confidence', 'disagreement', 'spread'];
        for (const { arm, ofSeeds } of page.cases[0]?.arms ?? [])
          columns = [...columns, `${arm} outcome`, ...ofSeeds.map(({ seed }) => `${arm} seed ${seed}`)];
        for (const one of page.cases) {
          const said = one.arms.flatMap(({ outcome, ofSeeds }) => [
            outcome,
            ...ofSeeds.map(({ probability }) => probability),
          ]);
          rows.push([one.record, one.label, one.error, one.confidence, one.disagreement, one.spread, ...said]);
        }
        if (page.cases.length === 0) break;
        setDone(`${rows.length} of ${total}`);
      }
      await navigator.clipboard.writeText(csvOf({ columns, rows }));
      setDone(`${rows.length} copied`);
    } catch (error) {
      if (!(error instanceof AskError)) throw error;
      setFault(error.fault);
    }
  };
  return (
    <>
      <button type="button" onClick={() => void copy()}>
        Copy as CSV
      </button>
      {done !== '' && (
        <span role="status" className="small">
          {done}
        </span>
      )}
      {fault && <Failure error={fault} />}
    </>
  );
}
