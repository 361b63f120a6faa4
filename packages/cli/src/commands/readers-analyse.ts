import { covarianceMethods } from '@chromaray/contracts/names';
import { type Command, Option } from 'commander';
import type { ReadersAnalyseOptions } from '../actions/readers-analyse.js';
import type { Context } from '../context.js';
import { jsonOption } from './command.js';
import { addGeneralityOptions, anyNumber, numberBetween, twoNumbers } from './readers-options.js';

/** `chromaray readers analyse <ratings.csv>` */
export function addReadersAnalyse(parent: Command, context: Context): void {
  const command = parent
    .command('analyse')
    .description('the analysis of readings: arms against the control, over readers and cases')
    .argument(
      '<ratings>',
      "readings: CSV with reader, treatment, case, truth, rating; iMRMC's file; a folder in RJafroc's layout",
    )
    .option(
      '--control <arm>',
      'the arm that others are compared with (default: gray, grey or control, else the first by name)',
    )
    .addOption(
      new Option('--endpoint <measure>', 'what is compared')
        .choices(['auc', 'sensitivity', 'specificity', 'partial-auc'])
        .default('auc'),
    )
    .option('--cut <rating>', 'a rating of at least this counts as a call of "positive"', anyNumber)
    .option('--range <from,to>', 'false positive rates of the partial AUC', twoNumbers, [0, 0.2])
    .option('--margin <difference>', 'smaller differences do not matter', numberBetween(0, 1), 0.05)
    .option('--alpha <share>', 'two-sided error rate', numberBetween(0, 0.5), 0.05)
    .addOption(
      new Option('--correction <method>', 'for several arms').choices(['holm', 'bonferroni', 'none']).default('holm'),
    )
    .addOption(
      new Option('--covariance <estimate>', 'of covariances between readers and arms')
        .choices(covarianceMethods)
        .default('jackknife'),
    );
  addGeneralityOptions(command)
    .addOption(
      new Option('--missing <rule>', 'available: use every reading; complete: leave out cases that lack one')
        .choices(['available', 'complete'])
        .default('available'),
    )
    .option('--scale <least,most>', 'refuse ratings outside it', twoNumbers)
    .option('--finding <name>', 'what readers looked for, for sentences')
    .option('--networks <study>', 'folder of a study of networks, whose verdict is shown beside')
    .option('--out <dir>', 'folder for readers.json and the report, readers.html')
    .option(...jsonOption)
    .addHelpText(
      'after',
      '\nExamples:\n  chromaray readers analyse ratings.csv --control gray\n  chromaray readers analyse ratings.csv --endpoint sensitivity --cut 50 --json',
    )
    .action(async (file: string, options: ReadersAnalyseOptions) => {
      const { readersAnalyseAction } = await import('../actions/readers-analyse.js');
      await readersAnalyseAction(file, options, context);
    });
}
