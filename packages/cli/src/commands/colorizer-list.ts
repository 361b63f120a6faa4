import type { Command } from 'commander';
import type { ColorizerListOptions } from '../actions/colorizer-list.js';
import type { Context } from '../context.js';
import { colorizersOption } from './colorizer-options.js';
import { jsonOption } from './command.js';

/** `chromaray colorizer list` */
export function addColorizerList(parent: Command, context: Context): void {
  parent
    .command('list')
    .description('which colorizing networks are installed, and which are known')
    .option(...colorizersOption)
    .option(...jsonOption)
    .addHelpText('after', '\nExample:\n  chromaray colorizer list')
    .action(async (options: ColorizerListOptions) => {
      const { colorizerListAction } = await import('../actions/colorizer-list.js');
      await colorizerListAction(options, context);
    });
}
