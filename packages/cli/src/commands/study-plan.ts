import type { Command } from 'commander';
import type { StudyPlanOptions } from '../actions/study-plan.js';
import type { Context } from '../context.js';
import { jsonOption } from './command.js';
import { manyArmsOption, studiesOption } from './options.js';

/** `chromaray study plan <study.yaml>` */
export function addStudyPlan(parent: Command, context: Context): void {
  parent
    .command('plan')
    .description('before running: what the study will be able to show, and what it costs on this machine')
    .argument('<study.yaml>', 'the study file')
    .option(...studiesOption)
    .option('--no-measure', 'leave out the measured trial, and with it time and memory')
    .option('--pilot <folder>', 'a finished study to take AUROC, spread of seeds and correlation from')
    .option(...manyArmsOption)
    .option(...jsonOption)
    .addHelpText('after', '\nExample:\n  chromaray study plan study.yaml')
    .action(async (file: string, options: StudyPlanOptions) => {
      const { studyPlanAction } = await import('../actions/study-plan.js');
      await studyPlanAction(file, options, context);
    });
}
