import type { Command } from 'commander';
import type { StudyStatusOptions } from '../actions/study-status.js';
import type { Context } from '../context.js';
import { jsonOption } from './command.js';
import { studiesOption } from './options.js';

/** `chromaray study status <study>` */
export function addStudyStatus(parent: Command, context: Context): void {
  parent
    .command('status')
    .description('how far a study is, trial by trial')
    .argument('<study>', 'a study file, the name of a study, or its folder')
    .option(...studiesOption)
    .option(...jsonOption)
    .addHelpText('after', '\nExample:\n  chromaray study status study.yaml')
    .action(async (study: string, options: StudyStatusOptions) => {
      const { studyStatusAction } = await import('../actions/study-status.js');
      studyStatusAction(study, options, context);
    });
}
