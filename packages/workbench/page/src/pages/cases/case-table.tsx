import { useState } from 'react';
import { Failure } from '../../kit/failure.js';
import { Link } from '../../router.js';
import type { CaseQuery } from './case-query.js';
import { useRows } from './use-rows.js';

/** Height of a row, in pixels: the style sheet keeps to it. */
const rowHeight = 36;
/** Rows drawn above and below those in view. */
const beyond = 8;

interface CaseTableProps {
  readonly path: string;
  readonly query: CaseQuery;
  readonly arms: readonly string[];
  readonly total: number;
  readonly linkTo: (record: string, at: number) => string;
}

/** The test part as a table, of which only the rows in view are drawn. */
export function CaseTable({ path, query, arms, total, linkTo }: CaseTableProps) {
  const [top, setTop] = useState(0);
  const [height, setHeight] = useState(600);
  const first = Math.max(0, Math.floor(top / rowHeight) - beyond);
  const last = Math.min(Math.max(0, total - 1), Math.ceil((top + height) / rowHeight) + beyond);
  const { rows, fault } = useRows(path, query, first, last);
  if (fault) return <Failure error={fault} />;
  const shown = Array.from({ length: Math.max(0, last - first + 1) }, (_, i) => first + i).filter((i) => i < total);
  return (
    <section
      className="case-table"
      aria-label="Cases"
      // biome-ignore lint/a11y/noNoninteractiveTabindex: who scrolls by keys must be able to reach it
      tabIndex={0}
      onScroll={({ currentTarget }) => {
        setTop(currentTarget.scrollTop);
        setHeight(currentTarget.clientHeight);
      }}
    >
      <table aria-rowcount={total + 1}>
        <thead>
          <tr>
            <th>Record</th>
            <th>Class</th>
            <th className="number">Error</th>
            <th className="number">Arms apart</th>
            <th className="number">Seeds apart</th>
            {arms.map((arm) => (
              <th key={arm} className="number">
                {arm}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          <Space rows={first} columns={5 + arms.length} />
          {shown.map((at) => {
            const one = rows.get(at);
            return (
              <tr key={at} aria-rowindex={at + 2}>
                {one === undefined ? (
                  <td colSpan={5 + arms.length} className="faint">
                    …
                  </td>
                ) : (
                  <>
                    <td>
                      <Link href={linkTo(one.record, at)} title={one.record}>
                        <bdi>{one.record}</bdi>
                      </Link>
                    </td>
                    <td>{one.label}</td>
                    <td className="number">{one.error.toFixed(3)}</td>
                    <td className="number">{one.disagreement.toFixed(3)}</td>
                    <td className="number">{one.spread.toFixed(3)}</td>
                    {one.arms.map(({ arm, probability, outcome, called }) => (
                      <td key={arm} className="number" title={outcome}>
                        {probability.toFixed(3)} <Mark outcome={outcome} called={called} />
                      </td>
                    ))}
                  </>
                )}
              </tr>
            );
          })}
          <Space rows={total - 1 - (shown.at(-1) ?? total - 1)} columns={5 + arms.length} />
        </tbody>
      </table>
    </section>
  );
}

/** TP, FP, TN or FN, or of several classes the one it is called: right and wrong differ in more than their colour. */
export function Mark({ outcome, called }: { readonly outcome: string; readonly called?: string | undefined }) {
  if (called !== undefined) {
    const isRight = outcome === 'right';
    return (
      <span title={`called ${called}`} className={isRight ? 'good' : 'bad'}>
        {isRight ? '✓' : '✗'} {called}
      </span>
    );
  }
  const short = outcome
    .split(' ')
    .map((word) => word[0]!.toUpperCase())
    .join('');
  return (
    <abbr title={outcome} className={outcome.startsWith('true') ? 'good' : 'bad'}>
      {short}
    </abbr>
  );
}

function Space({ rows, columns }: { readonly rows: number; readonly columns: number }) {
  if (rows <= 0) return null;
  return (
    <tr>
      <td colSpan={columns} style={{ height: rows * rowHeight, padding: 0, border: 0 }} />
    </tr>
  );
}
