import type { Command } from 'commander';
import type { ReplicateOriginalOptions } from '../actions/replicate-original.js';
import type { Context } from '../context.js';
import { jsonOption } from './command.js';

/** `chromaray replicate original` */
export function addReplicateOriginal(parent: Command, context: Context): void {
  parent
    .command('original')
    .description('"X-Ray Colorization & Neural Networks": as it was done, on X-rays not copied, and controlled')
    .requiredOption('--data <dir>', 'the Kermany data set, in its published folders')
    .option('--fast', 'minutes instead of hours: fewer pixels, pictures, epochs and seeds; the report lists them')
    .option('--out <dir>', 'folder for everything that comes out', 'replication')
    .option('--retrain', 'train again what another plan or version makes obsolete')
    .option(...jsonOption)
    .addHelpText(
      'after',
      '\nExamples:\n  chromaray replicate original --data ../chest_xray --fast\n  chromaray replicate original --data ../chest_xray --out original',
    )
    .action(async (options: ReplicateOriginalOptions) => {
      const { replicateOriginalAction } = await import('../actions/replicate-original.js');
      await replicateOriginalAction(options, context);
    });
}
