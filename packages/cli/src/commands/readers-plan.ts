import { type Command, InvalidArgumentError, Option } from 'commander';
import type { ReadersPlanOptions } from '../actions/readers-plan.js';
import type { Context } from '../context.js';
import { jsonOption } from './command.js';
import { wholeNumber } from './options.js';
import { numberBetween } from './readers-options.js';

/** `chromaray readers plan` */
export function addReadersPlan(parent: Command, context: Context): void {
  parent
    .command('plan')
    .description('how many readers and cases a reader study needs')
    .option('--pilot <ratings>', 'readings of a pilot, from which components of variance are taken')
    .addOption(
      new Option('--published <study>', 'components of a published study, where there is no pilot')
        .choices(['van-dyke', 'franken'])
        .default('van-dyke'),
    )
    .option('--difference <auc>', 'the smallest true difference that the study must find', numberBetween(0, 1), 0.05)
    .option('--power <share>', 'chance of finding it', numberBetween(0, 1), 0.8)
    .option('--alpha <share>', 'two-sided error rate', numberBetween(0, 0.5), 0.05)
    .option('--comparisons <n>', 'arms that are compared with the control', wholeNumber(1, 20), 1)
    .option('--counts <list>', 'numbers of readers', countList, [3, 4, 5, 6, 8, 10, 12, 15])
    .option(...jsonOption)
    .addHelpText(
      'after',
      '\nExamples:\n  chromaray readers plan --difference 0.05\n  chromaray readers plan --pilot ratings.csv --comparisons 2 --counts 5,8,10',
    )
    .action(async (options: ReadersPlanOptions) => {
      const { readersPlanAction } = await import('../actions/readers-plan.js');
      await readersPlanAction(options, context);
    });
}

function countList(text: string): readonly number[] {
  const parse = wholeNumber(2, 1000);
  const counts = text.split(',').map((one) => parse(one.trim()));
  if (counts.length > 50) throw new InvalidArgumentError('At most 50 numbers');
  return counts;
}
