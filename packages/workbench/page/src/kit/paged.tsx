import { type ReactNode, useState } from 'react';

/** Rows of a page. */
const length = 50;

export interface PagedProps<Row> {
  readonly rows: readonly Row[];
  /** What a row is, in plural: `trials`. */
  readonly of: string;
  /** Renders the rows of one page. */
  readonly children: (rows: readonly Row[]) => ReactNode;
}

/** A long list by the page, so that many hundreds of rows cost no more than a few. */
export function Paged<Row>({ rows, of, children }: PagedProps<Row>) {
  const [wanted, setPage] = useState(0);
  const pages = Math.max(1, Math.ceil(rows.length / length));
  const page = Math.min(wanted, pages - 1);
  const first = page * length;
  return (
    <>
      {children(rows.slice(first, first + length))}
      {pages > 1 && (
        <nav className="pager" aria-label={`Pages of ${of}`}>
          <button type="button" disabled={page === 0} onClick={() => setPage(page - 1)}>
            Previous
          </button>
          <span role="status">
            {of} {first + 1} to {Math.min(first + length, rows.length)} of {rows.length}
          </span>
          <button type="button" disabled={page === pages - 1} onClick={() => setPage(page + 1)}>
            Next
          </button>
        </nav>
      )}
    </>
  );
}
