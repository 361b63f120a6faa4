import type { Command } from 'commander';
import type { ReadersReportOptions } from '../actions/readers-report.js';
import type { Context } from '../context.js';
import { jsonOption } from './command.js';
import { readerStudiesOption } from './readers-folder-option.js';

/** `chromaray readers report <readers.yaml>` */
export function addReadersReport(parent: Command, context: Context): void {
  parent
    .command('report')
    .description('answer the registered question from what was read, with what was planned and what happened')
    .argument('<readers.yaml>', 'the file of the reader study')
    .option(...readerStudiesOption)
    .option('--networks <study>', 'folder of a study of networks, whose verdict is shown beside')
    .option(...jsonOption)
    .addHelpText('after', '\nExample:\n  chromaray readers report readers.yaml --networks studies/does-colour-help')
    .action(async (file: string, options: ReadersReportOptions) => {
      const { readersReportAction } = await import('../actions/readers-report.js');
      await readersReportAction(file, options, context);
    });
}
