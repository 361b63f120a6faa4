import { type Command, Option } from 'commander';
import type { ReadersConvertOptions } from '../actions/readers-convert.js';
import type { Context } from '../context.js';
import { jsonOption } from './command.js';

/** `chromaray readers convert <ratings>` */
export function addReadersConvert(parent: Command, context: Context): void {
  parent
    .command('convert')
    .description('writes readings in the layout of another program')
    .argument('<ratings>', "readings: long CSV, iMRMC's file, or a folder in RJafroc's layout")
    .addOption(
      new Option('--to <layout>', 'the layout to write').choices(['csv', 'imrmc', 'rjafroc']).makeOptionMandatory(),
    )
    .requiredOption('--out <place>', 'file to write; a folder for rjafroc')
    .option(...jsonOption)
    .addHelpText('after', '\nExample:\n  chromaray readers convert ratings.csv --to imrmc --out ratings.imrmc')
    .action(async (file: string, options: ReadersConvertOptions) => {
      const { readersConvertAction } = await import('../actions/readers-convert.js');
      await readersConvertAction(file, options, context);
    });
}
