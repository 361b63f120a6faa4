import { count, counted, interval as ends, metric } from '@chromaray/base';
import type { ArmResult, ExternalEvaluation, MetricSummary } from '@chromaray/contracts';
import { evaluateStudy } from '@chromaray/study';
import type { Context } from '../context.js';
import { writeJson } from '../report-error.js';
import { lineWidth, printText } from '../terminal/print.js';
import { showStudyEvents } from '../terminal/study-events.js';
import { formatTable } from '../terminal/table.js';
import { type DataOptions, dataChoices } from './data-set.js';

export interface StudyEvaluateOptions extends DataOptions {
  readonly dataset: string;
  readonly studies: string;
  readonly again?: boolean;
  readonly leaveOutOverlaps?: boolean;
  readonly json?: boolean;
}

/** What `chromaray study evaluate <study>` does. */
export async function studyEvaluateAction(
  study: string,
  { dataset, studies, again, leaveOutOverlaps, json, ...choices }: StudyEvaluateOptions,
  context: Context,
): Promise<void> {
  const evaluation = await evaluateStudy(study, {
    studies,
    dataset: { path: dataset, ...dataChoices(choices) },
    again: again ?? false,
    leaveOutOverlaps: leaveOutOverlaps ?? false,
    onEvent: showStudyEvents(context.progress),
    signal: context.signal,
  });
  context.progress.end();
  if (json) writeJson(context.out, evaluation);
  else printText(context.out, format(evaluation, lineWidth(context.out)));
}

function format(evaluation: ExternalEvaluation, width: number): string {
  const { dataset, timesEvaluated } = evaluation;
  const { records, patients, positives } = dataset.counts;
  return [
    `${evaluation.study} on ${dataset.name}: ${counted(records, 'X-ray')}${patients === null ? '' : ` of ${counted(patients, 'patient')}`}, ${count(positives)} with ${dataset.positive}`,
    '',
    formatTable(['arm', 'seeds', 'AUROC', 'accuracy', 'sensitivity', 'specificity'], evaluation.arms.map(row), width),
    '',
    ...evaluation.comparisons.map(({ statement }) => `Exploratory: ${statement}`),
    ...evaluation.notes.map((note) => `Note      ${note}`),
    `Evaluated on this data set ${timesEvaluated === 1 ? 'once' : counted(timesEvaluated, 'time')}. Results in ${evaluation.file}`,
    '',
    'For research use only, not for diagnosis.',
  ].join('\n');
}

function row({ arm, control, seeds, auroc, accuracy, sensitivity, specificity }: ArmResult): readonly string[] {
  const metrics = [auroc, accuracy, sensitivity, specificity].map(withInterval);
  return [control ? `${arm} (control)` : arm, count(seeds.length), ...metrics];
}

function withInterval({ mean, interval }: MetricSummary): string {
  return interval === null ? metric(mean) : `${metric(mean)} (${ends(interval)})`;
}
