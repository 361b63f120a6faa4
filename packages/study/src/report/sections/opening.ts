import type { Comparison, StudyVerdict, UnfinishedTrial } from '../../comparison/types.js';
import { count, counted, interval, level, listed, metric, moment, pValue, signed } from '../format.js';
import { type Html, html, joined } from '../html.js';
import type { ReportInput } from '../report-input.js';
import { verdictMark } from './verdict-mark.js';

/** The first screen: what was asked, what came out, and whatever a reader must know before believing it. */
export function opening(input: ReportInput): Html {
  const { verdict } = input;
  return html`<header>
<p class="eyebrow">Chromaray study report <span aria-hidden="true">\u00b7</span> <strong>${verdict.study}</strong> <span aria-hidden="true">\u00b7</span> ${moment(input.finished ?? input.started)}</p>
${warnings(input)}
<p class="question">${question(input)}</p>
<h1${verdict.verdict === 'invalid' ? html` class="invalid"` : null}>${capitalised(verdict.verdict)}</h1>
<p class="statement">${verdict.statement}</p>
${endpointNumbers(verdict)}
<p class="basis">${basis(verdict)}</p>
<p class="notice"><strong>For research only.</strong> Neither this report nor the models behind it are a medical device; use them for no diagnosis and no treatment.</p>
</header>`;
}

function question({ arms, dataset, verdict }: ReportInput): Html {
  const control = arms.find((arm) => arm.control)?.name ?? 'the control';
  const others = arms.filter((arm) => !arm.control).map((arm) => html`<b>${arm.name}</b>`);
  return html`The question: does a network find ${dataset.positive} better when its X-rays come as ${joined(others, ' or ')} than as <b>${control}</b>, measured by AUROC on the test part, with differences under ${verdict.endpoint.margin} declared too small to matter?`;
}

function warnings({ verdict, audit, finished }: ReportInput): Html {
  const risks = verdict.risksAccepted.map((id) => {
    const finding = audit.findings.find((candidate) => candidate.id === id);
    return html`<li><a href="#audit">${finding?.title ?? id}</a>${finding === undefined ? null : html`: ${finding.reason}`} (<code>${id}</code>)</li>`;
  });
  const unfinished = verdict.unfinished.length > 0 || finished === null;
  return html`${
    risks.length === 0
      ? null
      : html`<div class="warning" role="note"><p><strong>Risk accepted.</strong> The audit would have stopped this study. Somebody chose to go on, so its numbers may not mean what they say:</p><ul>${risks}</ul></div>`
  }${
    unfinished
      ? html`<div class="warning" role="note"><p><strong>Partial report.</strong> ${
          verdict.unfinished.length === 0
            ? 'The study has not finished.'
            : `${counted(verdict.unfinished.length, 'trial')} of the study ${verdict.unfinished.length === 1 ? 'is' : 'are'} missing; every number below may still change.`
        }</p>${missingTrials(verdict.unfinished)}</div>`
      : null
  }`;
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

function endpointNumbers(verdict: StudyVerdict): Html | null {
  const control = verdict.arms.find((arm) => arm.control);
  if (control === undefined && verdict.comparisons.length === 0) return null;
  const { correction } = verdict.endpoint;
  return html`<ul class="numbers">
${
  control === undefined
    ? null
    : html`<li><span class="arm">${control.arm} (control)</span><span class="big">${metric(control.auroc.mean)}</span><span class="small">${interval(control.auroc.interval)}</span><span class="small">AUROC</span></li>`
}${verdict.comparisons.map((comparison) => tile(comparison, correction))}
</ul>`;
}

function tile(comparison: Comparison, correction: 'holm' | 'none'): Html {
  return html`<li><span class="arm">${comparison.arm}</span><span class="big">${signed(comparison.difference)}</span><span class="small">${interval(comparison.interval, signed)}</span><span class="small">p ${equals(comparison.pCorrected)}${correction === 'holm' ? ' (Holm)' : null}</span>${verdictMark(comparison.verdict)}</li>`;
}

function equals(p: number): string {
  const text = pValue(p);
  return text.startsWith('<') ? text : `= ${text}`;
}

function basis({ arms, comparisons, counts, smallestDetectable, endpoint }: StudyVerdict): string {
  const seeds = Math.max(0, ...arms.map((arm) => arm.seeds.length));
  const { records, patients } = counts.test;
  const people = patients === null ? 'patients unknown' : `${count(patients)} patients`;
  const detectable =
    smallestDetectable === null
      ? ''
      : ` The smallest true difference this study was likely to see (power 0.8) is ${metric(smallestDetectable)}.`;
  return (
    `Measured on the test part, ${count(records)} X-rays (${people}), with ${counted(seeds, 'seed')} an arm. ` +
    `Differences are to the control${comparisons.length === 0 ? '' : `, with ${level(...comparisons.map((comparison) => comparison.intervalLevel))} intervals`}; the control's own AUROC has its ${level(1 - endpoint.alpha)} interval.${detectable}`
  );
}

function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** The title of the document. */
export function documentTitle({ verdict, arms }: ReportInput): string {
  return `${verdict.study}: ${verdict.verdict} (${listed(arms.map((arm) => arm.name))})`;
}
