import type { Command } from 'commander';
import type { StudySubmitOptions } from '../actions/study-submit.js';
import type { Context } from '../context.js';
import { jsonOption } from './command.js';
import { exchangeOption } from './execution-options.js';
import { collect, studiesOption } from './options.js';
import { addSlurmOptions } from './slurm-options.js';

/** `chromaray study submit <study.yaml>` */
export function addStudySubmit(parent: Command, context: Context): void {
  const command = parent
    .command('submit')
    .description('submit the trials of a study to Slurm, and leave; study run --slurm collects them')
    .argument('<study.yaml>', 'the study file')
    .option(...studiesOption)
    .option('--accept-risk <finding>', 'continue despite a blocking finding; the report says so', collect, [])
    .option(...exchangeOption)
    .option('--retrain', 'train again what a changed study file makes obsolete')
    .option(...jsonOption)
    .addHelpText(
      'after',
      '\nExamples:\n  chromaray study submit study.yaml --slurm-partition gpu --slurm-time 4:00:00\n  chromaray study run study.yaml --slurm',
    )
    .action(async (file: string, options: StudySubmitOptions) => {
      const { studySubmitAction } = await import('../actions/study-submit.js');
      await studySubmitAction(file, options, context);
    });
  addSlurmOptions(command);
}
