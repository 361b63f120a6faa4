import type { Command } from 'commander';
import type { StudyEvaluateOptions } from '../actions/study-evaluate.js';
import type { Context } from '../context.js';
import { jsonOption } from './command.js';
import { addDataOptions } from './data-options.js';
import { studiesOption } from './options.js';

/** `chromaray study evaluate <study>` */
export function addStudyEvaluate(parent: Command, context: Context): void {
  const command = parent
    .command('evaluate')
    .description('the frozen models and thresholds of a study on another data set, once, and recorded')
    .argument('<study>', 'a study file, the name of a study, or its folder')
    .requiredOption('--dataset <dir>', 'the other data set: its folder, or a CSV manifest');
  addDataOptions(command, context)
    .option('--again', 'look once more at a data set that was evaluated before; the results say so')
    .option(
      '--leave-out-overlaps',
      'leave out pictures and patients the models have learned from; the results list them',
    )
    .option(...studiesOption)
    .option(...jsonOption)
    .addHelpText('after', '\nExample:\n  chromaray study evaluate does-colour-help --dataset ../other_hospital')
    .action(async (study: string, options: StudyEvaluateOptions) => {
      const { studyEvaluateAction } = await import('../actions/study-evaluate.js');
      await studyEvaluateAction(study, options, context);
    });
}
