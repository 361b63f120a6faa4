import type { Command } from 'commander';
import type { ReadersStatusOptions } from '../actions/readers-status.js';
import type { Context } from '../context.js';
import { jsonOption } from './command.js';
import { readerStudiesOption } from './readers-folder-option.js';

/** `chromaray readers status <readers.yaml>` */
export function addReadersStatus(parent: Command, context: Context): void {
  parent
    .command('status')
    .description('how far every reader is, and what departed from the plan')
    .argument('<readers.yaml>', 'the file of the reader study')
    .option(...readerStudiesOption)
    .option(...jsonOption)
    .addHelpText('after', '\nExample:\n  chromaray readers status readers.yaml')
    .action(async (file: string, options: ReadersStatusOptions) => {
      const { readersStatusAction } = await import('../actions/readers-status.js');
      readersStatusAction(file, options, context);
    });
}
