import { moment } from '@chromaray/base';
import { type Html, html, trusted } from '../../kit/html.js';
import { page } from '../../kit/page.js';
import { doubts } from '../doubts.js';
import type { FigureGroup } from '../figures/figure.js';
import { methodsParagraphs } from '../methods-text.js';
import { artefact } from '../questions/artefact.js';
import type { ReportFigures } from '../render-figures.js';
import type { ReportInput } from '../report-input.js';
import { armsSection } from '../sections/arms.js';
import { basis, question, verdictClass, verdictTitle } from '../sections/first-words.js';

/**
 * The study on two pages for print: the answer with its figures on the first, who was studied and how on the second. It holds
 * no X-ray.
 */
export function summaryPage(input: ReportInput, figures: ReportFigures): string {
  const { verdict } = input;
  const found = doubts(input);
  const body = html`<header>
<p class="eyebrow">Chromaray study summary <span aria-hidden="true">\u00b7</span> <strong>${verdict.study}</strong> <span aria-hidden="true">\u00b7</span> ${moment(input.finished ?? input.started)}</p>
<p class="asked">${question(input)}</p>
<h1 class="${verdictClass(verdict)}">${verdictTitle(verdict)}</h1>
<p class="statement">${verdict.statement}</p>
${found.length === 0 ? null : html`<ul class="chips" aria-label="Read with care">${found.map(({ chip }) => html`<li><span>${chip}</span></li>`)}</ul>`}
<p class="notice"><strong>For research only.</strong> Neither this summary nor the study's models are a medical device: not for diagnosis or treatment.</p>
</header>
<main class="summary">
<div class="two">${drawn(figures.forest)}${drawn(figures.strip)}</div>
<p class="basis">${basis(verdict)}</p>
${armsSection(input).body}
<section class="second"><h2>Could it be an artefact?</h2>
<p>${artefact(input, figures).answer}</p>
<div class="two">${drawn(figures.shortcuts)}${drawn(figures.flow)}</div>
<h2>Methods</h2>
${methodsParagraphs(input).map((paragraph) => html`<p class="method">${paragraph}</p>\n`)}
</section>
</main>
<footer><p>Made by Chromaray ${verdict.versions.chromaray ?? null}${input.registration === null ? null : html`; registration <code>${input.registration.hash.slice(0, 12)}</code>`}. The report is <a href="./report.html">report.html</a>.</p></footer>
`;
  return page({ title: `${verdict.study}: summary`, body, style });
}

/** The first form of a figure with its one sentence. */
function drawn({ caption, figures }: FigureGroup): Html | null {
  const [first] = figures;
  if (first === undefined) return null;
  return html`<figure>${trusted(first.svg)}<figcaption>${caption}</figcaption></figure>`;
}

const style = `
.chips span { display: block; border: 1px solid var(--warn); background: var(--warn-tint); color: var(--warn); border-radius: 999px; padding: .1rem .8rem; }
.summary { border-top: 1px solid var(--line); padding-top: 1.5rem; }
.summary .two { display: grid; grid-template-columns: minmax(0, 6fr) minmax(0, 4fr); gap: 0 2rem; align-items: start; }
.summary .two:has(> :only-child) { grid-template-columns: minmax(0, 34rem); }
.summary .second .two { grid-template-columns: 1fr 1fr; }
.summary h2 { font-size: 1.3rem; margin: 1rem 0 .5rem; }
.summary p { max-width: none; }
.summary figure { margin-bottom: 1.2rem; }
@media screen and (max-width: 48rem) { .summary .two, .summary .second .two { grid-template-columns: minmax(0, 1fr); } }
@media print {
  .second { break-before: page; border: 0; padding-top: 0; }
  .method { font-size: .95em; line-height: 1.4; }
  .summary .two svg { max-height: 70mm; }
  footer { padding: .3rem 0 0; }
}
`;
