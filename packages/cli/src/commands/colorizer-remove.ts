import type { Command } from 'commander';
import type { ColorizerRemoveOptions } from '../actions/colorizer-remove.js';
import type { Context } from '../context.js';
import { colorizersOption } from './colorizer-options.js';
import { jsonOption } from './command.js';

/** `chromaray colorizer remove <name>` */
export function addColorizerRemove(parent: Command, context: Context): void {
  parent
    .command('remove')
    .description('remove an installed colorizing network; results of studies that used it stay')
    .argument('<name>', 'a name of: chromaray colorizer list')
    .option(...colorizersOption)
    .option(...jsonOption)
    .addHelpText('after', '\nExample:\n  chromaray colorizer remove deoldify-artistic')
    .action(async (name: string, options: ColorizerRemoveOptions) => {
      const { colorizerRemoveAction } = await import('../actions/colorizer-remove.js');
      colorizerRemoveAction(name, options, context);
    });
}
