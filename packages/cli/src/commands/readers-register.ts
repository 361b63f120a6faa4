import type { Command } from 'commander';
import type { ReadersRegisterOptions } from '../actions/readers-register.js';
import type { Context } from '../context.js';
import { jsonOption } from './command.js';
import { readerStudiesOption } from './readers-folder-option.js';

/** `chromaray readers register <readers.yaml>` */
export function addReadersRegister(parent: Command, context: Context): void {
  parent
    .command('register')
    .description('write down protocol, endpoint and cases before anybody reads; shows every picture first')
    .argument('<readers.yaml>', 'the file of the reader study')
    .option(...readerStudiesOption)
    .option('--checked', 'state that every picture on the page was looked at for burnt-in text; recorded')
    .option('--amend <reason>', 'change the registered plan; recorded, with the number of readings then')
    .option(...jsonOption)
    .addHelpText('after', '\nExample:\n  chromaray readers register readers.yaml --checked')
    .action(async (file: string, options: ReadersRegisterOptions) => {
      const { readersRegisterAction } = await import('../actions/readers-register.js');
      await readersRegisterAction(file, options, context);
    });
}
