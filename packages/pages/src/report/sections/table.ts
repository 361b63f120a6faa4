import { type Html, type HtmlContent, html, textOf } from '../../kit/html.js';

/** One column of a table; the first column names the row. */
export interface Column<Row> {
  readonly head: HtmlContent;
  readonly cell: (row: Row) => HtmlContent | Measured;
  readonly kind?: 'number' | 'words';
  /** What the column is sorted by where that is not the number in its text, as for times. */
  readonly sort?: (row: Row) => number | null;
  /** What files for papers hold instead, where a cell has more than text. */
  readonly text?: (row: Row) => string;
}

/** A number with what belongs to it, each rounded once: on the page one above the other, in files side by side. */
export class Measured {
  constructor(
    readonly value: string,
    readonly more: {
      /** Standard deviation. */
      readonly spread?: string | null;
      /** Both ends, in words. */
      readonly interval?: string | null;
      /** What else must be known to read the number. */
      readonly note?: string | null;
    } = {},
  ) {}

  html(): Html {
    const { spread = null, interval = null, note = null } = this.more;
    return html`<span class="line">${this.value}${spread === null ? null : html` <span class="spread">\u00b1 ${spread}</span>`}</span>${
      interval === null ? null : html`<span class="line quiet">${interval}</span>`
    }${note === null ? null : html`<span class="line quiet">${note}</span>`}`;
  }
}

/** A table as plain text, for files that are copied into a paper. */
export interface PlainTable {
  /** Without `table-`: names the files. */
  readonly name: string;
  readonly caption: string;
  readonly columns: readonly { readonly head: string; readonly number: boolean }[];
  /** As many cells as columns. */
  readonly rows: readonly (readonly (string | Measured)[])[];
}

/** A table of the report, as it stands on the page and as it goes into files. */
export interface DataTable {
  readonly html: Html;
  readonly plain: PlainTable;
}

/**
 * A table that scrolls sideways by itself where it is wider than the page; its caption stays in place.
 *
 * @param id unique in the report
 */
export function table<Row>(
  id: string,
  caption: HtmlContent,
  columns: readonly Column<Row>[],
  rows: readonly Row[],
): Html {
  return dataTable(id, caption, columns, rows).html;
}

export interface TableOptions<Row> {
  /** Kinds of a row, by which a list can be narrowed; one word each. */
  readonly kinds?: (row: Row) => readonly string[];
  /** False where the order of rows means something, as in Table 1 of a paper. Default: true. */
  readonly sortable?: boolean;
}

/** The same, also as plain text for files beside the report. */
export function dataTable<Row>(
  id: string,
  caption: HtmlContent,
  columns: readonly Column<Row>[],
  rows: readonly Row[],
  { kinds, sortable = true }: TableOptions<Row> = {},
): DataTable {
  const cells = rows.map((row) => columns.map((column) => column.cell(row)));
  return {
    html: onPage(
      id,
      caption,
      columns,
      rows.map((row, i) => ({ row, cells: cells[i]!, kinds: kinds?.(row) ?? [] })),
      sortable,
    ),
    plain: {
      name: id.replace(/^table-/, ''),
      caption: textOf(caption),
      columns: columns.map(({ head, kind }) => ({ head: textOf(head), number: kind === 'number' })),
      rows: rows.map((row, i) =>
        columns.map((column, j) => {
          const cell = cells[i]![j]!;
          if (column.text !== undefined) return column.text(row);
          return cell instanceof Measured ? cell : textOf(cell);
        }),
      ),
    },
  };
}

type Cell = HtmlContent | Measured;

interface PageRow<Row> {
  readonly row: Row;
  readonly cells: readonly Cell[];
  readonly kinds: readonly string[];
}

function onPage<Row>(
  id: string,
  caption: HtmlContent,
  columns: readonly Column<Row>[],
  rows: readonly PageRow<Row>[],
  sortable: boolean,
): Html {
  const shown = (cell: Cell) => (cell instanceof Measured ? cell.html() : cell);
  return html`<figure class="table${rows.length <= longTable ? ' short' : null}${columns.length > narrow ? ' wide-table' : null}">
<figcaption id="${id}">${caption}</figcaption>
${columns.length > narrow ? html`<p class="sideways" aria-hidden="true">Scrolls sideways \u2192</p>` : null}
<div class="scroll" role="region" tabindex="0" aria-labelledby="${id}">
<table aria-labelledby="${id}"${sortable ? html` data-sortable` : null}>
<thead><tr>${columns.map((column) => html`<th scope="col"${kind(column)}>${column.head}</th>`)}</tr></thead>
<tbody>
${rows.map(
  ({ row, cells, kinds }) =>
    html`<tr${kinds.length === 0 ? null : html` data-kinds="${kinds.join(' ')}"`}>${cells.map((cell, j) =>
      j === 0
        ? html`<th scope="row"${kind(columns[j])}${sortValue(columns[j], row)}>${shown(cell)}</th>`
        : html`<td${kind(columns[j])}${sortValue(columns[j], row)}>${shown(cell)}</td>`,
    )}</tr>\n`,
)}</tbody>
</table>
</div>
</figure>`;
}

/** Tables of more columns do not fit a phone. */
const narrow = 3;

/** Tables of more rows may be cut between two pages. */
const longTable = 8;

function kind<Row>(column: Column<Row> | undefined): Html | null {
  return column?.kind === undefined ? null : html` class="${column.kind}"`;
}

function sortValue<Row>(column: Column<Row> | undefined, row: Row): Html | null {
  return column?.sort === undefined ? null : html` data-value="${column.sort(row) ?? ''}"`;
}
