import { type Command, Option } from 'commander';
import type { StudyStatusOptions } from '../actions/study-status.js';
import type { Context } from '../context.js';
import { jsonOption } from './command.js';
import { studiesOption, wholeNumber } from './options.js';

/** `chromaray study status <study>` */
export function addStudyStatus(parent: Command, context: Context): void {
  parent
    .command('status')
    .description('how far a study is, trial by trial; with --watch, what happens in it')
    .argument('<study>', 'a study file, the name of a study, or its folder')
    .option(...studiesOption)
    .option('--watch', 'follow a run from a second terminal until it is over; with --json, one event a line')
    .addOption(
      new Option('--from <number>', 'with --watch: number of the first event; 1 for all that happened')
        .argParser(wholeNumber(1, Number.MAX_SAFE_INTEGER))
        .implies({ watch: true }),
    )
    .option(...jsonOption)
    .addHelpText(
      'after',
      '\nExamples:\n  chromaray study status study.yaml\n  chromaray study status study.yaml --watch',
    )
    .action(async (study: string, options: StudyStatusOptions) => {
      if (options.watch) {
        const { studyWatchAction } = await import('../actions/study-watch.js');
        await studyWatchAction(study, options, context);
      } else {
        const { studyStatusAction } = await import('../actions/study-status.js');
        await studyStatusAction(study, options, context);
      }
    });
}
