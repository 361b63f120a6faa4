import {
  count,
  counted,
  differenceInterval,
  duration,
  level,
  listed,
  metric,
  metricBeside,
  signed,
} from '@chromaray/base';
import {
  balanceNotes,
  causesSentence,
  type EventFinding,
  endpointName,
  type Part,
  type StudyHappening,
  splitNotes,
  turnedText,
} from '@chromaray/contracts';

type Of<K extends StudyHappening['kind']> = Extract<StudyHappening, { kind: K }>;

/** With fewer, nothing reliable is known of how much seeds vary. */
const fewestSeeds = 3;

/** In what arms differ, key by key, where it is more than colour: names say that. */
function comparedLines({ control, arms, differing, causes }: Of<'arms-compared'>): readonly string[] {
  if (differing.every(({ key }) => key === 'colour')) return [];
  return [
    ...differing.map(
      ({ key, values }) => `The arms differ in ${key}: ${arms.map((arm, i) => `${arm} ${values[i]}`).join(', ')}.`,
    ),
    ...causes.map(({ arm, kinds }) => `Warning: ${causesSentence(arm, control, kinds)}`),
  ];
}

/** What is done to the training part, for whom where not for all arms. */
function balanceLines(event: Of<'balance-planned'>): readonly string[] {
  const { arms, turned } = event;
  const lines = [...(turned === undefined ? [] : [turnedText(turned, event)]), ...balanceNotes(event)];
  return arms === undefined ? lines : lines.map((line) => `${listed(arms)}: ${line}`);
}

/** A happening as lines for the terminal. */
export function eventLines(event: StudyHappening): readonly string[] {
  switch (event.kind) {
    case 'dataset-described':
      return datasetLines(event);
    case 'split-made':
      return [splitLine(event), ...splitNotes(event)];
    case 'arms-compared':
      return comparedLines(event);
    case 'balance-planned':
      return balanceLines(event);
    case 'audit-started':
      return [`Auditing ${counted(event.records, 'X-ray')}.`];
    case 'audit-finished':
      return [auditLine(event)];
    case 'warned':
      return [`Warning by the audit: ${findingText(event.finding)}. ${event.finding.remedy}`];
    case 'risk-accepted':
      return [riskLine(event)];
    case 'batch-larger-than-part':
      return [
        `The batch of ${count(event.batch)} is larger than the training part of ${counted(event.images, 'image')}: every step takes all of them.`,
      ];
    case 'constants-untrained':
      return [untrainedLine(event)];
    case 'features-found':
      return [
        `Note: the new head of ${event.file} goes on the tensor "${event.tensor}", found as what its classifier takes.`,
      ];
    case 'weights-widened':
      return [
        `Note: ${event.file} stores ${counted(event.numbers, 'number')} in ${listed(event.types)}; they are read as float32.`,
      ];
    case 'sensitivity-planned':
      return [sensitivityLine(event)];
    case 'fell-back':
      return [fallbackLine(event)];
    case 'workers-missing':
      return [missingLine(event)];
    case 'tuning-planned':
    case 'tuning-finished':
      return tuningLines(event);
    case 'training-planned':
      return [plannedLine(event)];
    case 'trial-resumed':
      return [`${trialText(event)}: resumes after epoch ${event.epochs}${onWorker(event)} ${doneText(event)}`];
    case 'trial-finished':
      return [`${trialText(event)}: finished${onWorker(event)} ${doneText(event)}`];
    case 'trial-failed':
      return [`${trialText(event)}: failed ${doneText(event)}: ${event.error.message} (${event.error.code})`];
    case 'epoch-done':
      return [epochLine(event)];
    case 'run-started':
      return [`Run started (Chromaray ${event.version}).`];
    case 'trial-kept':
      return [`${trialText(event)}: kept from an earlier run ${doneText(event)}`];
    case 'trial-started':
      return [`${trialText(event)}: started${onWorker(event)} ${doneText(event)}`];
    case 'trial-interrupted':
      return [`${trialText(event)}: interrupted ${doneText(event)}`];
    case 'progress':
      return [progressLine(event)];
    case 'concluded':
      return concludedLines(event);
    case 'run-ended':
      return [endLine(event)];
  }
}

/** What long work is done for just now, for the end of a moving line. */
export function progressDetail({ part, arm, seed, epoch, epochs, step, steps }: Of<'progress'>): string | undefined {
  if (part !== undefined) return `${part} part`;
  if (arm === undefined) return undefined;
  const trial = seed === undefined ? arm : `${arm}, seed ${seed}`;
  if (epoch === undefined) return trial;
  const within = step === undefined ? '' : `, step ${step}/${steps}`;
  return `${trial}: epoch ${epoch}/${epochs}${within}`;
}

function datasetLines({ records, patients, unreadable, leftOut }: Of<'dataset-described'>): readonly string[] {
  const of = patients === null ? '; patients are unknown' : ` of ${counted(patients, 'patient')}`;
  return [
    `${counted(records, 'X-ray')}${of}.`,
    ...(unreadable === 0
      ? []
      : [
          `${counted(unreadable, 'file')} cannot be read and ${unreadable === 1 ? 'is' : 'are'} left out; audit.json lists what is unreadable.`,
        ]),
    ...(leftOut === 0
      ? []
      : [`${counted(leftOut, 'record')} ${leftOut === 1 ? 'is' : 'are'} left out, as the study file says.`]),
  ];
}

function splitLine({ counts }: Of<'split-made'>): string {
  const text = (part: Part): string => {
    const { records, patients } = counts[part];
    return `${part} ${count(records)}${patients === null ? '' : ` of ${counted(patients, 'patient')}`}`;
  };
  return `Split: ${text('train')}, ${text('validation')}, ${text('test')}.`;
}

function auditLine({ checks, blocks, warns, notes }: Of<'audit-finished'>): string {
  const found = [
    ...(blocks === 0 ? [] : [`${count(blocks)} blocking`]),
    counted(warns, 'warning'),
    counted(notes, 'note'),
  ];
  return `Audit: ${counted(checks, 'check')}, ${found.join(', ')}.`;
}

function riskLine({ by, finding }: Of<'risk-accepted'>): string {
  const text = findingText(finding);
  return by === 'user'
    ? `Risk accepted, the verdict will be invalid: ${text}.`
    : `A study would stop here: ${text}. The replication continues, because the original study did the same.`;
}

function findingText({ title, id }: EventFinding): string {
  return `${title} (${id})`;
}

const shownConstants = 4;

function untrainedLine({ file, constants }: Of<'constants-untrained'>): string {
  const names = constants.map(({ name, shape, usedBy }) => `${name} [${shape.join(', ')}] of ${usedBy}`);
  const more = names.length - shownConstants;
  const shown = [...names.slice(0, shownConstants), ...(more > 0 ? [`${count(more)} more`] : [])];
  return `Warning: ${file} has ${counted(names.length, 'constant')} that ${names.length === 1 ? 'is' : 'are'} used as weights are but not trained: ${listed(shown)}.`;
}

function sensitivityLine(event: Of<'sensitivity-planned'>): string {
  const { smallestDetectable, auroc, power, margin, seeds, endpoint = { metric: 'auroc' } } = event;
  const judgement =
    smallestDetectable > margin
      ? `more than the margin of ${margin}, so smaller differences that matter may stay undetected`
      : `within the margin of ${margin}`;
  const detectable = `Minimum detectable difference in ${endpointName(endpoint)} with this test part and ${counted(seeds, 'seed')} at ${level(power)} power, assuming an AUROC of ${auroc}: ${metricBeside(smallestDetectable, margin)}, ${judgement}.`;
  if (seeds >= fewestSeeds) return detectable;
  return seeds === 1
    ? `${detectable} One seed says nothing about other seeds; use at least three, better five.`
    : `${detectable} Two seeds say little about how much seeds vary: intervals will be wide, and where the seeds of one arm vary more than those of the other, a difference that is not there is found in up to 13 % of studies. Use at least three, better five.`;
}

function tuningLines(event: Of<'tuning-planned'> | Of<'tuning-finished'>): readonly string[] {
  if (event.kind === 'tuning-planned') {
    const { method, arms, candidates, rungs, epochs, validation } = event;
    const stages = rungs.map((rung) => `${count(rung.candidates)} to epoch ${count(rung.epochs)}`);
    return [
      `Tuning: ${counted(candidates, 'candidate')} for each of ${counted(arms, 'arm')}, the same for all, by ${method === 'random' ? 'random search' : 'successive halving'} (${listed(stages)}): ${counted(epochs, 'epoch')} an arm. Chosen on ${counted(validation, 'validation X-ray')}; the test part is not read.`,
    ];
  }
  const kept = event.kept ? ', as an earlier run chose' : '';
  return event.chosen.map(
    ({ arm, candidate, settings, auroc }) =>
      `Tuned ${arm}: candidate ${candidate} (${settings}), validation AUROC ${metric(auroc)}${kept}.`,
  );
}

function fallbackLine(event: Of<'fell-back'>): string {
  if (event.what === 'checkpoint') {
    return `${trialText(event)}: its newest checkpoint is not used. ${event.reason}`;
  }
  return `The backend ${event.wanted} is not available here, so the slower ${event.used} is used: ${event.reason}`;
}

function plannedLine({
  trials,
  concurrency,
  elsewhere,
  threads,
  backend,
  backendVersion,
}: Of<'training-planned'>): string {
  const how = elsewhere ? 'for other machines' : `${count(concurrency)} at once`;
  return `${counted(trials, 'trial')}, ${how}, with ${counted(threads, 'thread')} each, on ${backend} ${backendVersion}.`;
}

function missingLine({ wanted, trials, workers, anyWouldDo }: Of<'workers-missing'>): string {
  const waits = `${counted(trials, 'trial')} ${trials === 1 ? 'waits' : 'wait'} for one`;
  const there =
    workers.length === 0
      ? 'No worker has announced itself.'
      : `Workers that are there: ${workers.map(({ worker, lacks }) => `${worker} ${lacks}`).join('; ')}.`;
  const advice = anyWouldDo ? ' With `--profiles any` the trials go to the processors that workers have.' : '';
  return `Warning: no worker is there that computes by ${wanted}: ${waits}. ${there}${advice}`;
}

function progressLine(event: Of<'progress'>): string {
  const { phase, done, total, unit } = event;
  const detail = progressDetail(event);
  return `${phase}: ${count(done)} of ${count(total)} ${unit}${detail === undefined ? '' : ` (${detail})`}`;
}

function concludedLines({ verdict, comparisons, unfinished, margin }: Of<'concluded'>): readonly string[] {
  return [
    `Verdict: ${verdict}${unfinished === 0 ? '' : `; ${counted(unfinished, 'trial')} missing`}.`,
    ...comparisons.map(
      ({ arm, verdict: of, difference, interval: ends }) =>
        `${arm}: ${of}, difference ${signed(difference)}, interval ${differenceInterval(ends, margin)}`,
    ),
  ];
}

function endLine({ outcome, error }: Of<'run-ended'>): string {
  if (error === null) return 'Run ended.';
  const how = outcome === 'stopped-by-audit' ? 'stopped by the audit' : outcome;
  return `Run ${how}: ${error.message} (${error.code})`;
}

function trialText({ arm, seed }: { readonly arm: string; readonly seed: number }): string {
  return `${arm}, seed ${seed}`;
}

function onWorker({ worker }: { readonly worker?: string }): string {
  return worker === undefined ? '' : ` on ${worker}`;
}

function doneText({ finished, trials }: { readonly finished: number; readonly trials: number }): string {
  return `(${finished} of ${trials} trials done)`;
}

function epochLine({ arm, seed, epoch }: Of<'epoch-done'>): string {
  const { trainLoss, validationLoss, validationAuroc, seconds } = epoch;
  return `${trialText({ arm, seed })}: epoch ${epoch.epoch}, loss ${metric(trainLoss)}, validation loss ${metric(validationLoss)}, AUROC ${metric(validationAuroc)}, ${duration(seconds)}`;
}
