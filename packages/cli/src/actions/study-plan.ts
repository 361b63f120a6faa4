import { planStudy, readStudyFile, type StudyCost, type StudyPlan } from '@chromaray/study';
import type { Context } from '../context.js';
import { writeJson } from '../report-error.js';
import { formatBytes, formatCount, formatPercent, formatSeconds } from '../terminal/format.js';
import { showStudyEvents } from '../terminal/study-events.js';
import { formatTable } from '../terminal/table.js';

export interface StudyPlanOptions {
  readonly studies: string;
  readonly measure: boolean;
  readonly pilot?: string;
  readonly json?: boolean;
}

/** What `chromaray study plan <study.yaml>` does. */
export async function studyPlanAction(
  file: string,
  { studies, measure, pilot, json }: StudyPlanOptions,
  context: Context,
): Promise<void> {
  const plan = await planStudy(readStudyFile(file), {
    studies,
    measure,
    ...(pilot === undefined ? {} : { pilot }),
    onEvent: showStudyEvents(context.progress),
    signal: context.signal,
  });
  context.progress.end();
  if (json) writeJson(context.out, plan);
  else context.out.write(`${format(plan)}\n`);
}

function format(plan: StudyPlan): string {
  const { sensitivity, endpoint, counts } = plan;
  const { requiredForMargin, smallestDetectable, powerAtMargin, comparisons } = sensitivity;
  const rows = Object.entries(counts).map(([part, { records, patients, positives, negatives }]) => [
    part,
    records,
    patients ?? '–',
    positives,
    negatives,
  ]);
  return [
    `${plan.study}: ${plan.trials} trials, ${formatCount(plan.trainingImages)} training pictures an epoch`,
    '',
    formatTable(['part', 'X-rays', 'patients', 'positive', 'negative'], rows),
    '',
    `Minimum detectable difference in AUROC at ${formatPercent(sensitivity.power)} power: ${smallestDetectable.toFixed(3)}; the margin is ${endpoint.margin}`,
    `Power for a true difference of the margin: ${formatPercent(powerAtMargin)}`,
    requiredForMargin === null
      ? 'No test part is large enough to find the margin with these seeds: add seeds.'
      : `A test part that finds the margin: ${formatCount(requiredForMargin.records)} X-rays of ${formatCount(requiredForMargin.patients)} patients`,
    `${sensitivity.from === 'pilot' ? 'From the pilot' : 'Assumed'}: AUROC ${number(sensitivity.auroc)}, sd ${number(sensitivity.seedDeviation)} over seeds, correlation ${number(sensitivity.correlationBetweenArms)} between arms, ${comparisons} ${comparisons === 1 ? 'comparison' : 'comparisons'}`,
    '',
    formatTable(
      ['if sd over seeds is', 'AUROC', 'seeds', 'minimum detectable', 'power for the margin', 'X-rays for the margin'],
      sensitivity.alternatives.map(({ seedDeviation, auroc, seeds, recordsForMargin, ...shown }) => [
        number(seedDeviation),
        number(auroc),
        seeds,
        shown.smallestDetectable.toFixed(3),
        formatPercent(shown.powerAtMargin),
        recordsForMargin === null ? '–' : formatCount(recordsForMargin),
      ]),
    ),
    ...(plan.cost === null ? [] : ['', ...formatCost(plan.cost)]),
    ...plan.notes.map((note) => `Note      ${note}`),
  ].join('\n');
}

/** Three significant digits. */
function number(value: number): string {
  return String(Number(value.toPrecision(3)));
}

function formatCost(cost: StudyCost): readonly string[] {
  const { measured, secondsPerEpoch } = cost;
  const threads = `${measured.threads} ${measured.threads === 1 ? 'thread' : 'threads'} each`;
  const epochs = secondsPerEpoch.map(({ arm, seconds }) => `${arm} ${formatSeconds(seconds)}`);
  return [
    `Time      about ${formatSeconds(cost.seconds)} on this machine, ${measured.concurrency} trials at once with ${threads}; less where trials stop early`,
    `Epoch     ${epochs.join(', ')}; decoding ${formatSeconds(cost.secondsDecoding)}`,
    `Memory    ${formatBytes(cost.memoryBytes)} of ${formatBytes(cost.availableMemoryBytes)} that are free`,
    `Disk      ${formatBytes(cost.diskBytes)} of ${formatBytes(cost.freeDiskBytes)} that are free`,
  ];
}
