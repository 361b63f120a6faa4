import { useState } from 'react';
import { apiAddress } from '../../api/client.js';
import { copy, download } from '../../kit/figure/save.js';
import { Paged } from '../../kit/paged.js';
import { WideTable } from '../../kit/wide-table.js';
import type { ReportTable as Table } from './report-text.js';

type ReportCell = Table['rows'][number][number];

/** A table of the report, with the report's words. */
export function ReportTable({ study, table }: { readonly study: string; readonly table: Table }) {
  const { name, caption, columns, rows } = table;
  const [said, setSaid] = useState('');
  /** As the report has written it, with columns of their own for spread, interval and note. */
  const give = (verb: 'Save' | 'Copy'): void => {
    fetch(apiAddress(`/studies/${encodeURIComponent(study)}/file`, { path: `tables/${name}.csv` }))
      .then((answer) => (answer.ok ? answer.blob() : Promise.reject(new Error('the file is gone'))))
      .then((file) => (verb === 'Save' ? download(file, `${study}-${name}.csv`) : copy(file)))
      .then(
        () => setSaid(verb === 'Save' ? `Saved as ${study}-${name}.csv.` : 'Copied as CSV.'),
        (error: unknown) => setSaid(`It could not be had: ${(error as Error).message}.`),
      );
  };
  return (
    <div className="report-table">
      <p>{caption}</p>
      <Paged rows={rows} of="rows">
        {(shown) => (
          <WideTable label={caption}>
            <thead>
              <tr>
                {columns.map((column) => (
                  <th key={column}>{column}</th>
                ))}
              </tr>
            </thead>
            <tbody>
              {shown.map((row, i) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: rows have no names of their own and never move
                <tr key={i}>
                  {row.map((cell, j) => (
                    <td key={columns[j]}>{typeof cell === 'string' ? cell : <Measured cell={cell} />}</td>
                  ))}
                </tr>
              ))}
            </tbody>
          </WideTable>
        )}
      </Paged>
      <p className="tools small">
        {(['Save', 'Copy'] as const).map((verb) => (
          <button key={verb} type="button" aria-label={`${verb} CSV of the table ${name}`} onClick={() => give(verb)}>
            {verb} CSV
          </button>
        ))}{' '}
        <span role="status">{said}</span>
      </p>
    </div>
  );
}

function Measured({ cell }: { readonly cell: Exclude<ReportCell, string> }) {
  return (
    <>
      <span className="nowrap">
        {cell.value}
        {cell.spread && <span className="faint"> ± {cell.spread}</span>}
      </span>
      {cell.interval && <span className="line-below">{cell.interval}</span>}
      {cell.note && <span className="line-below faint">{cell.note}</span>}
    </>
  );
}
