import { html } from '../../kit/html.js';
import { methodsParagraphs } from '../methods-text.js';
import type { ReportInput } from '../report-input.js';
import type { Section } from './section.js';

/** The methods section of a paper, to be pasted and completed. */
export function methodsSection(input: ReportInput): Section {
  return {
    id: 'methods',
    title: 'Methods, to paste into a paper',
    short: 'Methods text',
    reading:
      'Written from what the study recorded; also in methods.md. To add: where the X-rays come from and under which licence, who labelled them and how, ethical approval.',
    body: html`<blockquote>${methodsParagraphs(input).map((paragraph) => html`<p>${paragraph}</p>\n`)}</blockquote>`,
  };
}
