import type { Html, HtmlContent } from '../../kit/html.js';
import { html, trusted } from '../../kit/html.js';
import type { FigureGroup } from '../figures/figure.js';
import type { PlainTable } from './table.js';

export { type Column, type DataTable, dataTable, Measured, table } from './table.js';

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
  /** Its tables that go into files beside the report, for papers. */
  readonly tables?: readonly PlainTable[];
}

/** Panels drawn alike, side by side where there is room, with one caption; what the marks mean is folded below it. */
export function panels({ caption, marks, figures }: FigureGroup): Html {
  return html`<figure>
<div class="panels">${figures.map((figure) => html`<div class="panel">${trusted(figure.svg)}</div>`)}</div>
${figureWords({ caption, ...(marks === undefined ? {} : { marks }) })}
</figure>`;
}

/** The caption of a figure in sight, the meaning of its marks folded. */
export function figureWords({ caption, marks }: Pick<FigureGroup, 'caption' | 'marks'>): Html {
  return html`<figcaption>${caption}${
    marks === undefined
      ? null
      : html`<details class="marks"><summary>Lines and marks</summary><p>${marks}</p></details>`
  }</figcaption>`;
}

/** Details that most readers do without. */
export function folded(summary: HtmlContent, content: Html): Html {
  return html`<details class="more"><summary>${summary}</summary>
${content}</details>`;
}

/** Says that something cannot be shown yet, and why. */
export function absent(reason: string): Html {
  return html`<p class="absent">${reason}</p>`;
}

/** Terms with what they stand for. */
export function terms(items: readonly (readonly [term: HtmlContent, meaning: HtmlContent])[]): Html {
  return html`<dl>${items.map(([term, meaning]) => html`<div><dt>${term}</dt><dd>${meaning}</dd></div>\n`)}</dl>`;
}
