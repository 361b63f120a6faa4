import type { Command } from 'commander';
import type { StudyRunOptions } from '../actions/study-run.js';
import type { Context } from '../context.js';
import { jsonOption } from './command.js';
import { addExecutionOptions } from './execution-options.js';
import { collect, manyArmsOption, studiesOption } from './options.js';
import { addSlurmOptions } from './slurm-options.js';

/** `chromaray study run <study.yaml>` */
export function addStudyRun(parent: Command, context: Context): void {
  const command = parent
    .command('run')
    .description('run a study, or resume one that was interrupted')
    .argument('<study.yaml>', 'the study file')
    .option(...studiesOption)
    .option('--accept-risk <finding>', 'continue despite a blocking finding; the report says so', collect, [])
    .option('--retrain', 'train again what a changed study file makes obsolete')
    .option(
      '--amend <reason>',
      'change the registered plan; recorded, and without a valid verdict once results are known',
    );
  addExecutionOptions(command)
    .option('--open', 'show the study live in the browser; the page stays open until Ctrl-C')
    .option(...manyArmsOption)
    .option(...jsonOption)
    .addHelpText(
      'after',
      `
Exit codes: 0 done, 1 failed, 2 wrong use, 3 stopped by the audit, 130 interrupted.

Examples:
  chromaray study run study.yaml
  chromaray study run study.yaml --accept-risk patient-across-parts
  chromaray study run study.yaml --slurm`,
    )
    .action(async (file: string, options: StudyRunOptions) => {
      const { studyRunAction } = await import('../actions/study-run.js');
      await studyRunAction(file, options, context);
    });
  addSlurmOptions(command);
}
