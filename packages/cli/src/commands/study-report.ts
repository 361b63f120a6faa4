import { rebuildReport } from '@chromaray/study';
import type { Command } from 'commander';
import { type Context, lineWidth } from '../context.js';
import { writeJson } from '../report-error.js';
import { formatVerdict } from '../terminal/verdict.js';
import { jsonOption } from './command.js';
import { studiesOption } from './options.js';

interface Options {
  readonly studies: string;
  readonly json?: boolean;
}

/** `chromaray study report <study>` */
export function addStudyReport(parent: Command, context: Context): void {
  parent
    .command('report')
    .description(
      'work out verdict and report again from what is stored; a study that is not finished gives a partial one',
    )
    .argument('<study>', 'a study file, the name of a study, or its folder')
    .option(...studiesOption)
    .option(...jsonOption)
    .addHelpText('after', '\nExample:\n  chromaray study report studies/does-colour-help')
    .action(async (study: string, options: Options) => {
      const { verdict, folder } = await rebuildReport(study, options.studies);
      if (options.json) writeJson(context.out, { ...verdict, folder: folder.root });
      else context.out.write(`${formatVerdict(verdict, folder, lineWidth(context))}\n`);
    });
}
