import type { ArmResult, ExternalEvaluation, MetricSummary } from '@chromaray/contracts';
import { evaluateStudy } from '@chromaray/study';
import { type Context, lineWidth } from '../context.js';
import { writeJson } from '../report-error.js';
import { formatCount } from '../terminal/format.js';
import { showStudyEvents } from '../terminal/study-events.js';
import { formatTable } from '../terminal/table.js';
import { type DataOptions, dataChoices } from './data-set.js';

export interface StudyEvaluateOptions extends DataOptions {
  readonly dataset: string;
  readonly studies: string;
  readonly again?: boolean;
  readonly json?: boolean;
}

/** What `chromaray study evaluate <study>` does. */
export async function studyEvaluateAction(
  study: string,
  { dataset, studies, again, json, ...choices }: StudyEvaluateOptions,
  context: Context,
): Promise<void> {
  const evaluation = await evaluateStudy(study, {
    studies,
    dataset: { path: dataset, ...dataChoices(choices) },
    again: again ?? false,
    onEvent: showStudyEvents(context.progress),
    signal: context.signal,
  });
  context.progress.end();
  if (json) writeJson(context.out, evaluation);
  else context.out.write(`${format(evaluation, lineWidth(context))}\n`);
}

function format(evaluation: ExternalEvaluation, width: number): string {
  const { dataset, timesEvaluated } = evaluation;
  const { records, patients, positives } = dataset.counts;
  return [
    `${evaluation.study} on ${dataset.name}: ${formatCount(records)} X-rays${patients === null ? '' : ` of ${formatCount(patients)} patients`}, ${formatCount(positives)} with ${dataset.positive}`,
    '',
    formatTable(['arm', 'seeds', 'AUROC', 'accuracy', 'sensitivity', 'specificity'], evaluation.arms.map(row), width),
    '',
    ...evaluation.comparisons.map(({ statement }) => `Exploratory: ${statement}`),
    ...evaluation.notes.map((note) => `Note      ${note}`),
    `Looked at this data set ${timesEvaluated === 1 ? 'once' : `${timesEvaluated} times`}. Results in ${evaluation.file}`,
    '',
    'For research use only, not for diagnosis.',
  ].join('\n');
}

function row({ arm, control, seeds, auroc, accuracy, sensitivity, specificity }: ArmResult): readonly string[] {
  const metrics = [auroc, accuracy, sensitivity, specificity].map(withInterval);
  return [control ? `${arm} (control)` : arm, String(seeds.length), ...metrics];
}

function withInterval({ mean, interval }: MetricSummary): string {
  const text = mean.toFixed(3);
  return interval === null ? text : `${text} (${interval[0].toFixed(3)} to ${interval[1].toFixed(3)})`;
}
