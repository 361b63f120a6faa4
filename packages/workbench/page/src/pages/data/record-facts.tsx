import type { RecordRow } from '../../../../src/datasets/dataset-order.js';

interface RecordFactsProps {
  readonly record: RecordRow;
  readonly onPatient: (patient: string) => void;
}

/** What is known of a record. */
export function RecordFacts({ record, onPatient }: RecordFactsProps) {
  const facts: readonly (readonly [string, string | null])[] = [
    ['Class', record.label],
    ['Part', record.part],
    ['Subtype', record.subtype],
    ['View', record.view],
    ['Sex', record.sex],
    ['Age', record.age],
    ['Device', record.device],
    ['Size', record.width === null ? null : `${record.width} × ${record.height} pixels`],
    ['File', record.bytes === null ? 'not read yet' : fileInWords(record.bytes, record.colour === true)],
  ];
  return (
    <dl className="record-facts">
      {facts.map(
        ([name, value]) =>
          value !== null && (
            <div key={name}>
              <dt>{name}</dt>
              <dd>
                <bdi>{value}</bdi>
              </dd>
            </div>
          ),
      )}
      {record.patient !== null && (
        <div>
          <dt>Patient</dt>
          <dd>
            <bdi>{record.patient}</bdi>{' '}
            <button type="button" onClick={() => onPatient(record.patient!)}>
              All of this patient
            </button>
          </dd>
        </div>
      )}
    </dl>
  );
}

function fileInWords(bytes: number, inColour: boolean): string {
  return `${Math.max(1, Math.round(bytes / 1024)).toLocaleString('en')} KiB${inColour ? ', in colour' : ''}`;
}
