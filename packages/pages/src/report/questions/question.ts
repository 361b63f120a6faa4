import type { HtmlContent } from '../../kit/html.js';
import { type Html, html } from '../../kit/html.js';
import type { ReportFigures } from '../render-figures.js';
import type { ReportInput } from '../report-input.js';
import type { Section } from '../sections/section.js';

/** One of the questions a report is ordered by, answered first and shown in detail below. */
export interface Question {
  /** The anchor; unique in the report. */
  readonly id: string;
  /** The question. */
  readonly title: string;
  /** The same in one to three words, for the table of contents. */
  readonly short: string;
  /** One or two plain sentences, worked out by rule from the numbers below. */
  readonly answer: HtmlContent;
  /** What the answer rests on; empty lists are left out by whoever makes them. */
  readonly sections: readonly Section[];
}

/** Makes one question of the report. */
export type Ask = (input: ReportInput, figures: ReportFigures) => Question;

/** A question as a part of the page: heading, answer, sections. */
export function questionPart({ id, title, answer, sections }: Question): Html {
  return html`<section id="${id}" class="question" aria-labelledby="${id}-title">
<h2 id="${id}-title">${title}</h2>
<p class="answer">${answer}</p>
${sections.map(
  (section) => html`<section id="${section.id}" aria-labelledby="${section.id}-title">
<h3 id="${section.id}-title">${section.title}</h3>
${section.reading === undefined ? null : html`<p class="reading"><strong>How to read this.</strong> ${section.reading}</p>`}
${section.body}
</section>\n`,
)}</section>\n`;
}

/** The table of contents: questions, with their sections below. */
export function contents(questions: readonly Question[]): Html {
  return html`<nav aria-label="Contents"><details class="contents"><summary>Contents</summary><ol>${questions.map(
    ({ id, short, sections }) =>
      html`<li><a href="#${id}">${short}</a>${
        sections.length === 0
          ? null
          : html`<ol>${sections.map((section) => html`<li><a href="#${section.id}">${section.short}</a></li>`)}</ol>`
      }</li>\n`,
  )}</ol></details></nav>`;
}
