import { type Command, Option } from 'commander';
import type { ReadersExportOptions } from '../actions/readers-export.js';
import type { Context } from '../context.js';
import { jsonOption } from './command.js';
import { readerStudiesOption } from './readers-folder-option.js';

/** `chromaray readers export <readers.yaml>` */
export function addReadersExport(parent: Command, context: Context): void {
  parent
    .command('export')
    .description('the answers that count, for other programs')
    .argument('<readers.yaml>', 'the file of the reader study')
    .option(...readerStudiesOption)
    .addOption(new Option('--to <format>', 'what to write').choices(['csv', 'imrmc', 'rjafroc']).default('csv'))
    .option('--out <place>', "file or folder to write; default: in the study's folder")
    .option(...jsonOption)
    .addHelpText('after', '\nExample:\n  chromaray readers export readers.yaml --to imrmc --out study.imrmc')
    .action(async (file: string, options: ReadersExportOptions) => {
      const { readersExportAction } = await import('../actions/readers-export.js');
      readersExportAction(file, options, context);
    });
}
