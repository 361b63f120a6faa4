import { Paged } from '../../kit/paged.js';

type Row = Readonly<Record<string, unknown>>;

/** Characters of evidence of another shape. */
const mostText = 20_000;

/** Evidence without groups: rows as a table, other facts as they are stored. */
export function EvidenceTable({ evidence }: { readonly evidence: unknown }) {
  if (evidence === null || evidence === undefined) return null;
  if (!isTable(evidence)) return <pre className="yaml">{JSON.stringify(evidence, null, 2).slice(0, mostText)}</pre>;
  const columns = [...new Set(evidence.flatMap((row) => Object.keys(row)))];
  return (
    <Paged rows={evidence.map((row, i) => ({ row, key: i }))} of="records">
      {(rows) => (
        <div className="wide">
          <table>
            <thead>
              <tr>
                {columns.map((name) => (
                  <th key={name}>{name}</th>
                ))}
              </tr>
            </thead>
            <tbody>
              {rows.map(({ row, key }) => (
                <tr key={key}>
                  {columns.map((name) => (
                    <td key={name} className="name">
                      <bdi>{cellOf(row[name])}</bdi>
                    </td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </Paged>
  );
}

function isTable(evidence: unknown): evidence is readonly Row[] {
  return (
    Array.isArray(evidence) &&
    evidence.length > 0 &&
    evidence.every((row) => row !== null && typeof row === 'object' && Object.values(row as Row).every(isPlain))
  );
}

function isPlain(value: unknown): boolean {
  return value === null || typeof value !== 'object';
}

function cellOf(value: unknown): string {
  if (value === null || value === undefined || value === '') return '–';
  return typeof value === 'number' ? String(Number(value.toPrecision(4))) : String(value);
}
