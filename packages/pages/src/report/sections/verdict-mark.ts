import type { StudyVerdictWord } from '@chromaray/contracts';
import { type Html, html } from '../../kit/html.js';

/** A shape for each verdict, so that it can be told without colour. */
const shapes: Readonly<Record<StudyVerdictWord, string>> = {
  helps: '\u25b2',
  harms: '\u25bc',
  'no meaningful difference': '=',
  inconclusive: '?',
  'did not learn': '\u2205',
  'control did not learn': '\u2205',
  invalid: '\u2715',
};

/** A verdict's word with its shape. */
export function verdictMark(verdict: StudyVerdictWord): Html {
  return html`<span class="mark"><span aria-hidden="true">${shapes[verdict]}</span> ${verdict}</span>`;
}
