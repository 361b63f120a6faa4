import type { Command } from 'commander';
import type { ReadersInitOptions } from '../actions/readers-init.js';
import type { Context } from '../context.js';
import { jsonOption } from './command.js';
import { layoutOption, wholeNumber } from './options.js';

/** `chromaray readers init <readers.yaml>` */
export function addReadersInit(parent: Command, context: Context): void {
  parent
    .command('init')
    .description('write the file of a reader study to start from, with comments')
    .argument('<readers.yaml>', 'the file to write; the study gets its name')
    .option('--data <dir>', 'the data set, or a CSV list', '../chest_xray')
    .addOption(layoutOption().default('kaggle'))
    .option('--positive <class>', 'the class that readers look for', 'PNEUMONIA')
    .option('--readers <n>', 'number of readers', wholeNumber(1, 100), 5)
    .option('--force', 'write over a file that is there')
    .option(...jsonOption)
    .addHelpText('after', '\nExample:\n  chromaray readers init readers.yaml --data ../chest_xray --readers 6')
    .action(async (file: string, options: ReadersInitOptions) => {
      const { readersInitAction } = await import('../actions/readers-init.js');
      readersInitAction(file, options, context);
    });
}
