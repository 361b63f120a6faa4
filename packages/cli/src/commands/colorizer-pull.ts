import type { Command } from 'commander';
import type { ColorizerPullOptions } from '../actions/colorizer-pull.js';
import type { Context } from '../context.js';
import { colorizersOption } from './colorizer-options.js';
import { jsonOption } from './command.js';

/** `chromaray colorizer pull <name>` */
export function addColorizerPull(parent: Command, context: Context): void {
  parent
    .command('pull')
    .description('download a known colorizing network, verify and install it; resumes where it was interrupted')
    .argument('<name>', 'a name of: chromaray colorizer list')
    .option('--sha256 <hash>', 'the hash it must have, where none is published')
    .option('--trust-first', 'pin the hash of whatever comes, where none is published')
    .option(...colorizersOption)
    .option(...jsonOption)
    .addHelpText('after', '\nExample:\n  chromaray colorizer pull deoldify-artistic')
    .action(async (name: string, options: ColorizerPullOptions) => {
      const { colorizerPullAction } = await import('../actions/colorizer-pull.js');
      await colorizerPullAction(name, options, context);
    });
}
