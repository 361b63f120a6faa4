import { type Paper, papers } from '@chromaray/pages/names';
import { type Command, Option } from 'commander';
import type { StudyRegisterOptions } from '../actions/study-register.js';
import type { Context } from '../context.js';
import { jsonOption } from './command.js';
import { studiesOption } from './options.js';

/** `chromaray study register <study.yaml>` */
export function addStudyRegister(parent: Command, context: Context): void {
  parent
    .command('register')
    .description('write down what a study sets out to do before it runs, with a hash to publish; trains nothing')
    .argument('<study.yaml>', 'the study file')
    .option(...studiesOption)
    .option('--amend <reason>', 'change the registered plan; recorded, with what was known then')
    .addOption(
      new Option('--pdf [paper]', 'also print the page to registration.pdf, by a browser that is installed')
        .choices(papers)
        .preset('a4' satisfies Paper),
    )
    .option(...jsonOption)
    .addHelpText('after', '\nExample:\n  chromaray study register study.yaml --pdf')
    .action(async (file: string, options: StudyRegisterOptions) => {
      const { studyRegisterAction } = await import('../actions/study-register.js');
      await studyRegisterAction(file, options, context);
    });
}
