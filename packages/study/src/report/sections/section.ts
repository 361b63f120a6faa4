import type { FigureGroup } from '../figures/figure.js';
import type { Html, HtmlContent } from '../html.js';
import { html, trusted } from '../html.js';

/** One part of a report, with an anchor. */
export interface Section {
  /** The anchor; unique in the report. */
  readonly id: string;
  /** The question it answers. */
  readonly title: string;
  /** The same in two or three words, for the table of contents. */
  readonly short: string;
  /** How its figures and tables are read, in a sentence or two, for somebody who sees such for the first time. */
  readonly reading?: HtmlContent;
  readonly body: Html;
}

/** Panels drawn alike, side by side where there is room, with one caption. */
export function panels({ caption, figures }: FigureGroup): Html {
  return html`<figure>
<div class="panels">${figures.map((figure) => html`<div class="panel">${trusted(figure.svg)}</div>`)}</div>
<figcaption>${caption}</figcaption>
</figure>`;
}

/** Says that something cannot be shown yet, and why. */
export function absent(reason: string): Html {
  return html`<p class="absent">${reason}</p>`;
}

/** One column of a table; the first column names the row. */
export interface Column<Row> {
  readonly head: HtmlContent;
  readonly cell: (row: Row) => HtmlContent;
  readonly kind?: 'number' | 'words';
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
  const [first, ...others] = columns;
  if (first === undefined) return html``;
  return html`<figure class="table${rows.length <= longTable ? ' short' : null}">
<figcaption id="${id}">${caption}</figcaption>
<div class="scroll" role="region" tabindex="0" aria-labelledby="${id}">
<table aria-labelledby="${id}">
<thead><tr>${columns.map((column) => html`<th scope="col"${kind(column)}>${column.head}</th>`)}</tr></thead>
<tbody>
${rows.map(
  (row) =>
    html`<tr><th scope="row"${kind(first)}>${first.cell(row)}</th>${others.map(
      (column) => html`<td${kind(column)}>${column.cell(row)}</td>`,
    )}</tr>\n`,
)}</tbody>
</table>
</div>
</figure>`;
}

/** Tables of more rows may be cut between two pages. */
const longTable = 8;

function kind<Row>(column: Column<Row>): Html | null {
  return column.kind === undefined ? null : html` class="${column.kind}"`;
}

/** Terms with what they stand for. */
export function terms(items: readonly (readonly [term: HtmlContent, meaning: HtmlContent])[]): Html {
  return html`<dl>${items.map(([term, meaning]) => html`<div><dt>${term}</dt><dd>${meaning}</dd></div>\n`)}</dl>`;
}
