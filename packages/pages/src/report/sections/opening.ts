import { counted, listed, moment } from '@chromaray/base';
import type { StudyVerdict, UnfinishedTrial } from '@chromaray/contracts';
import { capitalised } from '../../kit/capitalised.js';
import { type Html, html, trusted } from '../../kit/html.js';
import { doubts } from '../doubts.js';
import type { FigureGroup } from '../figures/figure.js';
import type { ReportFigures } from '../render-figures.js';
import type { ReportInput } from '../report-input.js';
import { basis, question, verdictClass, verdictTitle } from './first-words.js';
import { absent, figureWords } from './section.js';

/** The first screen: what was asked, what came out, and whatever a reader must know before believing it. */
export function opening(input: ReportInput, figures: ReportFigures): Html {
  const { verdict } = input;
  return html`<header>
<p class="eyebrow">Chromaray study report <span aria-hidden="true">\u00b7</span> <strong>${verdict.study}</strong> <span aria-hidden="true">\u00b7</span> ${moment(input.finished ?? input.started)}</p>
<p class="asked">${question(input)}</p>
<h1 class="${verdictClass(verdict)}">${verdictTitle(verdict)}</h1>
<p class="statement">${verdict.statement}</p>
${chips(input)}
${warnings(input)}
${input.picturesLeftOut === true ? html`<p class="basis">X-rays were left out of this copy, so that it can be shared without them.</p>\n` : null}<p class="notice"><strong>For research only.</strong> Neither this report nor its models are a medical device: not for diagnosis or treatment.</p>
${firstFigures(figures)}
<p class="basis">${basis(verdict)}</p>
</header>`;
}

/** What a reader must know before believing the verdict, each with a link to where the report says more. */
function chips(input: ReportInput): Html | null {
  const found = doubts(input);
  if (found.length === 0) return null;
  return html`<ul class="chips" aria-label="Read with care">${found.map(({ chip, part }) => html`<li><a href="#${part}">${chip}</a></li>`)}</ul>`;
}

/** What limits the answer: named in sight below it, the details folded. */
function warnings({ verdict, audit, finished }: ReportInput): Html {
  const risks = verdict.risksAccepted.map((id) => {
    const finding = audit.findings.find((candidate) => candidate.id === id);
    return html`<li><a href="#audit">${finding?.title ?? id}</a>${finding === undefined ? null : html`: ${finding.reason}`} (<code>${id}</code>)</li>`;
  });
  const missing = verdict.unfinished.length;
  return html`${changedPlan(verdict)}${
    risks.length === 0
      ? null
      : warning(
          html`<strong>Risk accepted</strong>: the audit would have stopped this study`,
          html`<p>Somebody chose to continue, so its numbers may not mean what they say:</p><ul>${risks}</ul>`,
        )
  }${
    missing === 0 && finished !== null
      ? null
      : warning(
          html`<strong>Partial report</strong>: ${
            missing === 0
              ? 'the study has not finished'
              : `${counted(missing, 'trial')} of the study ${missing === 1 ? 'is' : 'are'} missing`
          }`,
          html`<p>Every number below may still change.</p>${missingTrials(verdict.unfinished)}`,
        )
  }`;
}

function changedPlan({ amendedAfterResults: amended = [] }: StudyVerdict): Html | null {
  if (amended.length === 0) return null;
  return warning(
    html`<strong>Plan changed after results could be known</strong>`,
    html`<p>${capitalised(amended.join('; '))}. What this page says answers a question that was asked afterwards.</p>`,
  );
}

function warning(summary: Html, details: Html): Html {
  return html`<details class="warning"><summary>${summary}</summary>${details}</details>\n`;
}

/** One line for all seeds of an arm that are missing for the same reason. */
function missingTrials(trials: readonly UnfinishedTrial[]): Html | null {
  if (trials.length === 0) return null;
  const groups = new Map<string, UnfinishedTrial[]>();
  for (const trial of trials) {
    const key = JSON.stringify([trial.arm, trial.state, trial.reason]);
    groups.set(key, [...(groups.get(key) ?? []), trial]);
  }
  return html`<ul>${[...groups.values()].map((group) => {
    const { arm, state, reason } = group[0]!;
    const seeds = `${group.length === 1 ? 'seed' : 'seeds'} ${listed(group.map((trial) => String(trial.seed)))}`;
    return html`<li>${arm}, ${seeds}: ${state}${reason === null ? null : html` (${reason})`}</li>`;
  })}</ul>`;
}

/** The arms' differences and their endpoints at one glance; what is missing is said where the differences would be. */
function firstFigures({ forest, strip: group }: ReportFigures): Html {
  const [strip] = group.figures;
  return html`<div class="first-figures">${forestPlot(forest)}${
    strip === undefined
      ? null
      : html`<figure class="strip" id="auroc-strip">
${trusted(strip.svg)}
${figureWords(group)}
</figure>`
  }</div>`;
}

function forestPlot(forest: FigureGroup): Html {
  const [wide, narrow] = forest.figures;
  if (wide === undefined || narrow === undefined) {
    return absent(
      'No arm can be compared yet: the control and at least one other arm need a finished trial with the same seed.',
    );
  }
  return html`<figure class="forest" id="forest">
<div class="wide">${trusted(wide.svg)}</div><div class="narrow">${trusted(narrow.svg)}</div>
${figureWords(forest)}
</figure>`;
}

/** The title of the document. */
export function documentTitle({ verdict, arms }: ReportInput): string {
  return `${verdict.study}: ${verdict.verdict} (${listed(arms.map((arm) => arm.name))})`;
}
