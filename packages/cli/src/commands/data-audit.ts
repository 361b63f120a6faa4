import { splitMethods } from '@chromaray/contracts/names';
import { type Command, Option } from 'commander';
import type { DataAuditOptions } from '../actions/data-audit.js';
import type { Context } from '../context.js';
import { jsonOption } from './command.js';
import { addDataOptions, excludeOption } from './data-options.js';
import { wholeNumber } from './options.js';

/** `chromaray data audit <dir>` */
export function addDataAudit(parent: Command, context: Context): void {
  addDataOptions(
    parent
      .command('audit')
      .description('what is wrong with a data set, gravest first; for research only')
      .argument('<dir>', 'the data set: its folder, a CSV manifest, a .zip or an .npz'),
    context,
  )
    .option(...excludeOption)
    .addOption(
      new Option('--split <method>', 'audit the parts it comes with (given), or those a study would make')
        .choices(['given', ...splitMethods])
        .default('given'),
    )
    .option('--seed <number>', 'seed of the split', wholeNumber(0, 2 ** 32 - 1), 42)
    .option('--out <dir>', 'where audit.json and audit.html are written', 'audit')
    .option(...jsonOption)
    .addHelpText(
      'after',
      `
Exit codes: 0 nothing blocks, 1 failed, 2 wrong use, 3 something blocks.

Examples:
  chromaray data audit ../chest_xray --positive PNEUMONIA
  chromaray data audit ../chest_xray --split sklearn --out audit-sklearn`,
    )
    .action(async (directory: string, options: DataAuditOptions) => {
      const { dataAuditAction } = await import('../actions/data-audit.js');
      await dataAuditAction(directory, options, context);
    });
}
