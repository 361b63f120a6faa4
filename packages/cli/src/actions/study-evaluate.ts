import { count, counted, interval as ends, listed, metric } from '@chromaray/base';
import type { ArmResult, ExternalEvaluation, MetricSummary } from '@chromaray/contracts';
import { evaluateStudy } from '@chromaray/study';
import type { Context } from '../context.js';
import { writeJson } from '../report-error.js';
import { classTable } from '../terminal/class-table.js';
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
  const { records, patients, positives, classes = { [dataset.positive]: positives } } = dataset.counts;
  const sizes = Object.entries(classes).map(([name, size]) => `${count(size)} with ${name}`);
  return [
    `${evaluation.study} on ${dataset.name}: ${counted(records, 'X-ray')}${patients === null ? '' : ` of ${counted(patients, 'patient')}`}, ${listed(sizes)}`,
    '',
    formatTable(heads(evaluation), evaluation.arms.map(row), width),
    ...classTable(evaluation.arms, width),
    '',
    ...evaluation.comparisons.map(({ statement }) => `Exploratory: ${statement}`),
    ...evaluation.notes.map((note) => `Note      ${note}`),
    `Evaluated on this data set ${timesEvaluated === 1 ? 'once' : counted(timesEvaluated, 'time')}. Results in ${evaluation.file}`,
    '',
    'For research use only, not for diagnosis.',
  ].join('\n');
}

/** Of several classes, these columns set the reference against all others. */
function heads({ dataset, arms }: ExternalEvaluation): readonly string[] {
  const isSeveral = arms.some(({ classes }) => classes !== undefined);
  const what = isSeveral ? `${dataset.negative} or not: AUROC` : 'AUROC';
  return ['arm', 'seeds', what, 'accuracy', 'sensitivity', 'specificity'];
}

function row({ arm, control, seeds, auroc, accuracy, sensitivity, specificity }: ArmResult): readonly string[] {
  const metrics = [auroc, accuracy, sensitivity, specificity].map(withInterval);
  return [control ? `${arm} (control)` : arm, count(seeds.length), ...metrics];
}

function withInterval({ mean, interval }: MetricSummary): string {
  return interval === null ? metric(mean) : `${metric(mean)} (${ends(interval)})`;
}
