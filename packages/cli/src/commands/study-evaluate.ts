import { type ArmResult, type ExternalEvaluation, evaluateStudy, type MetricSummary } from '@chromaray/study';
import type { Command } from 'commander';
import { type Context, lineWidth } from '../context.js';
import { writeJson } from '../report-error.js';
import { formatCount } from '../terminal/format.js';
import { showStudyEvents } from '../terminal/study-events.js';
import { formatTable } from '../terminal/table.js';
import { jsonOption } from './command.js';
import { addDataOptions, type DataOptions, dataChoices } from './data-options.js';
import { studiesOption } from './options.js';

interface Options extends DataOptions {
  readonly dataset: string;
  readonly studies: string;
  readonly again?: boolean;
  readonly json?: boolean;
}

/** `chromaray study evaluate <study>` */
export function addStudyEvaluate(parent: Command, context: Context): void {
  const command = parent
    .command('evaluate')
    .description('the frozen models and thresholds of a study on another data set, once, and recorded')
    .argument('<study>', 'a study file, the name of a study, or its folder')
    .requiredOption('--dataset <dir>', 'the other data set: its folder, or a CSV manifest');
  addDataOptions(command)
    .option('--again', 'look once more at a data set that was evaluated before; the results say so')
    .option(...studiesOption)
    .option(...jsonOption)
    .addHelpText('after', '\nExample:\n  chromaray study evaluate does-colour-help --dataset ../other_hospital')
    .action(async (study: string, { dataset, studies, again, json, ...choices }: Options) => {
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
    });
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
