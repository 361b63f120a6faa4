import { counted, level, metric } from '@chromaray/base';
import type { ReaderAnalysis } from '@chromaray/contracts';
import { capitalised } from '../kit/capitalised.js';
import { type Html, html, joined, trusted } from '../kit/html.js';
import { figureWords } from '../report/sections/section.js';
import type { ReaderFigures } from './figures.js';
import { holdsFor, measureName, ofFinding, otherArms } from './words.js';

/** The first screen: what was asked, what came out, and what must be known before it is believed. */
export function readersOpening(analysis: ReaderAnalysis, { forest }: ReaderFigures): Html {
  const { study, verdict, statement, endpoint } = analysis;
  const [wide, narrow] = forest.figures;
  return html`<header>
<p class="eyebrow">Chromaray reader study <span aria-hidden="true">\u00b7</span> <strong>${study}</strong></p>
<p class="asked">The question: do people read cases${ofFinding(analysis)} better with ${joined(
    otherArms(analysis).map((arm) => html`<b>${arm}</b>`),
    ' or ',
  )} than with <b>${endpoint.control}</b>, measured by ${measureName(endpoint)}, with differences under ${endpoint.margin} counted as too small to matter?</p>
<h1 class="${verdictClass(verdict)}">${capitalised(verdict)}</h1>
<p class="statement">${statement}</p>
${warnings(analysis)}<p class="notice"><strong>For research only.</strong> Neither this report nor what was shown to readers is a medical device: not for diagnosis or treatment.</p>
<figure class="forest" id="forest">
<div class="wide">${trusted(wide!.svg)}</div><div class="narrow">${trusted(narrow!.svg)}</div>
${figureWords(forest)}
</figure>
<p class="basis">${basis(analysis)}</p>
</header>`;
}

/** What was read, and how fine that measures. */
function basis({ design, smallestDetectable, endpoint }: ReaderAnalysis): string {
  const share = level(1 - endpoint.alpha);
  return `${counted(design.readings, 'reading')} of ${counted(design.cases, 'case')} (${design.positives} positive) by ${counted(design.readers.length, 'reader')}; intervals of single arms at ${share}. Minimum detectable difference at 80 % power, in the most precise comparison: ${metric(smallestDetectable)}. The result is meant for ${holdsFor(endpoint)}.`;
}

function verdictClass(verdict: ReaderAnalysis['verdict']): string {
  if (verdict === 'helps') return 'helps';
  if (verdict === 'no meaningful difference') return 'equal';
  return verdict === 'inconclusive' ? 'open' : 'invalid';
}

function warnings({ protocol, design }: ReaderAnalysis): Html {
  const found: Html[] = [];
  const amended = protocol?.amendedAfterReadings ?? [];
  if (amended.length > 0) {
    found.push(html`<strong>Plan changed after the first reading</strong>: ${amended.join('; ')}.`);
  }
  const broken = protocol?.washout?.broken ?? [];
  if (broken.length > 0) {
    found.push(
      html`<strong>Washout not kept</strong> by ${counted(new Set(broken.map(({ reader }) => reader)).size, 'reader')}: readers may remember cases.`,
    );
  }
  if (design.missing > 0) {
    found.push(
      html`<strong>Readings missing</strong>: ${design.missing} of ${design.expected}, of ${counted(design.incompleteCases, 'case')}.`,
    );
  }
  for (const { reader, arms } of design.withoutAnArm) {
    found.push(html`<strong>Reader left out</strong>: ${reader} read nothing in ${arms.join(', ')}.`);
  }
  return html`${found.map((words) => html`<div class="warning"><p>${words} <a href="#done">More</a></p></div>\n`)}`;
}
