import type { Command } from 'commander';
import type { DataPhantomsOptions } from '../actions/data-phantoms.js';
import type { Context } from '../context.js';
import { jsonOption } from './command.js';
import { wholeNumber } from './options.js';

/** `chromaray data phantoms <dir>` */
export function addDataPhantoms(parent: Command, context: Context): void {
  parent
    .command('phantoms')
    .description('draw synthetic chest X-rays, with and without pneumonia, to try studies on')
    .argument('<dir>', 'folder to write; one that holds the same set is left as it is')
    .option('--patients <n>', 'how many, with one X-ray each', wholeNumber(20, 20_000), 400)
    .option('--seed <text>', 'other texts give other patients', 'demo')
    .option(...jsonOption)
    .addHelpText('after', '\nExample:\n  chromaray data phantoms phantoms')
    .action(async (directory: string, options: DataPhantomsOptions) => {
      const { dataPhantomsAction } = await import('../actions/data-phantoms.js');
      await dataPhantomsAction(directory, options, context);
    });
}
