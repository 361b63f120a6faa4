import {
  bytes,
  count,
  counted,
  duration,
  level,
  metric,
  metricBeside,
  missing,
  percent,
  significant,
} from '@chromaray/base';
import { differingText, endpointName, mostCells } from '@chromaray/contracts';
import { planStudy, readStudyFile, type StudyCost, type StudyPlan, studyVocabulary } from '@chromaray/study';
import type { Context } from '../context.js';
import { writeJson } from '../report-error.js';
import { lineWidth, printText } from '../terminal/print.js';
import { showStudyEvents } from '../terminal/study-events.js';
import { formatTable } from '../terminal/table.js';

export interface StudyPlanOptions {
  readonly studies: string;
  readonly measure: boolean;
  readonly pilot?: string;
  /** Also more than 64 arms of a factorial. */
  readonly yes?: boolean;
  readonly json?: boolean;
}

/** What `chromaray study plan <study.yaml>` does. */
export async function studyPlanAction(
  file: string,
  { studies, measure, pilot, yes, json }: StudyPlanOptions,
  context: Context,
): Promise<void> {
  const plan = await planStudy(readStudyFile(file, studyVocabulary, yes ? mostCells : undefined), {
    studies,
    measure,
    ...(pilot === undefined ? {} : { pilot }),
    onEvent: showStudyEvents(context.progress),
    signal: context.signal,
  });
  context.progress.end();
  if (json) writeJson(context.out, plan);
  else printText(context.out, format(plan, lineWidth(context.out)));
}

function format(plan: StudyPlan, width: number): string {
  const { sensitivity, endpoint, counts } = plan;
  const { requiredForMargin, smallestDetectable, powerAtMargin, comparisons } = sensitivity;
  const rows = Object.entries(counts).map(([part, { records, patients, positives, negatives }]) => [
    part,
    records,
    patients ?? missing,
    positives,
    negatives,
  ]);
  return [
    `${plan.study}: ${counted(plan.trials, 'trial')}, ${counted(plan.trainingImages, 'training picture')} an epoch`,
    '',
    ...formatDiffering(plan, width),
    formatTable(['part', 'X-rays', 'patients', 'positive', 'negative'], rows, width),
    '',
    `Minimum detectable difference in ${endpointName(endpoint)} at ${level(sensitivity.power)} power: ${metricBeside(smallestDetectable, endpoint.margin)}; the margin is ${endpoint.margin}`,
    `Power for a true difference of the margin: ${percent(powerAtMargin)}`,
    requiredForMargin === null
      ? 'No test part is large enough to find the margin with these seeds: add seeds.'
      : `A test part that finds the margin: ${counted(requiredForMargin.records, 'X-ray')} of ${counted(requiredForMargin.patients, 'patient')}`,
    `${sensitivity.from === 'pilot' ? 'From the pilot' : 'Assumed'}: AUROC ${significant(sensitivity.auroc)}, sd ${significant(sensitivity.seedDeviation)} over seeds, correlation ${significant(sensitivity.correlationBetweenArms)} between arms, ${counted(comparisons, 'comparison')}`,
    '',
    formatTable(
      ['if sd over seeds is', 'AUROC', 'seeds', 'minimum detectable', 'power for the margin', 'X-rays for the margin'],
      sensitivity.alternatives.map(({ seedDeviation, auroc, seeds, recordsForMargin, ...shown }) => [
        significant(seedDeviation),
        significant(auroc),
        seeds,
        metric(shown.smallestDetectable),
        percent(shown.powerAtMargin),
        count(recordsForMargin),
      ]),
      width,
    ),
    ...(plan.cost === null ? [] : ['', ...formatCost(plan.cost)]),
    ...plan.notes.map((note) => `Note      ${note}`),
  ].join('\n');
}

/** The keys in which arms differ, found by comparing them. */
function formatDiffering({ arms, differing }: StudyPlan, width: number): readonly string[] {
  const rows = differing.map(({ key, values }) => [key, ...values.map(differingText)]);
  return rows.length === 0 ? [] : [formatTable(['differs', ...arms], rows, width), ''];
}

function formatCost(cost: StudyCost): readonly string[] {
  const { measured, secondsPerEpoch, tuning } = cost;
  const threads = `${counted(measured.threads, 'thread')} each`;
  const epochs = secondsPerEpoch.map(({ arm, seconds }) => `${arm} ${duration(seconds)}`);
  return [
    `Time      about ${duration(cost.seconds)} on this machine, ${counted(measured.concurrency, 'trial')} at once with ${threads}; less where trials stop early`,
    `Epoch     ${epochs.join(', ')}; decoding ${duration(cost.secondsDecoding)}`,
    ...(tuning === null
      ? []
      : [
          `Tuning    ${duration(tuning.seconds)} of it: ${counted(tuning.candidates, 'candidate')} and ${counted(tuning.epochsPerArm, 'epoch')} for each arm`,
        ]),
    `Memory    ${bytes(cost.memoryBytes)} of ${bytes(cost.availableMemoryBytes)} that are free`,
    `Disk      ${bytes(cost.diskBytes)} of ${bytes(cost.freeDiskBytes)} that are free`,
  ];
}
