import type { Command } from 'commander';
import type { StudyCancelOptions } from '../actions/study-cancel.js';
import type { Context } from '../context.js';
import { jsonOption } from './command.js';
import { exchangeOption } from './execution-options.js';
import { studiesOption } from './options.js';

/** `chromaray study cancel <study>` */
export function addStudyCancel(parent: Command, context: Context): void {
  parent
    .command('cancel')
    .description(
      'cancel the trials of a study that others run, Slurm or the workers of a queue; checkpoints and results are kept',
    )
    .argument('<study>', 'a study file, the name of a study, or its folder')
    .option(...studiesOption)
    .option('--queue <url>', "the queue, in place of the study file's `execution.queue`")
    .option(...exchangeOption)
    .option(...jsonOption)
    .addHelpText('after', '\nExamples:\n  chromaray study cancel study.yaml')
    .action(async (study: string, options: StudyCancelOptions) => {
      const { studyCancelAction } = await import('../actions/study-cancel.js');
      await studyCancelAction(study, options, context);
    });
}
