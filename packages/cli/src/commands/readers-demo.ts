import type { Command } from 'commander';
import type { ReadersDemoOptions } from '../actions/readers-demo.js';
import type { Context } from '../context.js';
import { jsonOption } from './command.js';

/** `chromaray readers demo` */
export function addReadersDemo(parent: Command, context: Context): void {
  parent
    .command('demo')
    .description('a whole reader study: five simulated readers read phantoms through the real page')
    .option('--out <dir>', 'folder to write', 'chromaray-readers-demo')
    .option(...jsonOption)
    .addHelpText('after', '\nExample:\n  chromaray readers demo')
    .action(async (options: ReadersDemoOptions) => {
      const { readersDemoAction } = await import('../actions/readers-demo.js');
      await readersDemoAction(options, context);
    });
}
