import type { Command } from 'commander';
import type { DataDescribeOptions } from '../actions/data-describe.js';
import type { Context } from '../context.js';
import { jsonOption } from './command.js';
import { addDataOptions, excludeOption } from './data-options.js';

/** `chromaray data describe <dir>` */
export function addDataDescribe(parent: Command, context: Context): void {
  addDataOptions(
    parent
      .command('describe')
      .description('what is in a data set: parts, classes, patients, sizes, copies')
      .argument('<dir>', 'the data set: its folder, a CSV manifest, a .zip or an .npz'),
    context,
  )
    .option(...excludeOption)
    .option(...jsonOption)
    .addHelpText('after', '\nExample:\n  chromaray data describe ../chest_xray --positive PNEUMONIA')
    .action(async (directory: string, options: DataDescribeOptions) => {
      const { dataDescribeAction } = await import('../actions/data-describe.js');
      await dataDescribeAction(directory, options, context);
    });
}
