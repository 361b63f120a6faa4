import { splitMethods } from '@chromaray/contracts/names';
import { presetNames } from '@chromaray/engine/names';
import { type Command, Option } from 'commander';
import type { StudyInitOptions } from '../actions/study-init.js';
import type { Context } from '../context.js';
import { jsonOption } from './command.js';
import { addRenamedOption, layoutOption } from './options.js';

/** `chromaray study init <study.yaml>` */
export function addStudyInit(parent: Command, context: Context): void {
  const command = parent
    .command('init')
    .description('write a study file to start from, with comments')
    .argument('<study.yaml>', 'the file to write; the study gets its name')
    .option('--data <dir>', 'the data set', '../chest_xray')
    .addOption(layoutOption().default('kaggle'))
    .option('--positive <class>', 'name of the positive class', 'PNEUMONIA')
    .addOption(new Option('--split <method>', 'how X-rays are divided').choices(splitMethods).default('patient'));
  const preset = new Option('--model-preset <name>', 'network').choices(presetNames).default('gray-final');
  addRenamedOption(command, preset, '--preset', context)
    .option('--weights <name>', 'installed weights by name, or a file of them, for a preset that takes them')
    .option('--force', 'write over a file that is there')
    .option(...jsonOption)
    .addHelpText('after', '\nExample:\n  chromaray study init study.yaml --data ../chest_xray --positive PNEUMONIA')
    .action(async (file: string, options: StudyInitOptions) => {
      const { studyInitAction } = await import('../actions/study-init.js');
      studyInitAction(file, options, context);
    });
}
