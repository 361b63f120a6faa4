import type { Command } from 'commander';
import type { WorkerActionOptions } from '../actions/worker.js';
import type { Context } from '../context.js';
import { exchangeOption } from './execution-options.js';
import { wholeNumber } from './options.js';
import { numberBetween } from './readers-options.js';

/** `chromaray worker` */
export function addWorker(parent: Command, context: Context): void {
  parent
    .command('worker')
    .description('take trials from a queue and run them, until Ctrl-C')
    .option('--queue <url>', 'the queue: redis://host, postgres://host/database')
    .option(...exchangeOption)
    .option('--name <name>', 'its name in reports and status; without it, the host and a number')
    .option('--threads <n>', 'threads that its trials use together; without it, all', wholeNumber(1, 1024))
    .option(
      '--memory <GiB>',
      'memory that its trials use together; without it, 90 % of what is free',
      numberBetween(0, 100_000),
    )
    .option('--folder <dir>', 'where packs are kept and trials write; without it, in the folder of caches')
    .option('--once', 'end when there is nothing left to take')
    .addHelpText(
      'after',
      `
An address with a password goes into the environment variable CHROMARAY_QUEUE, the token of an exchange
into CHROMARAY_EXCHANGE_TOKEN. Ctrl-C hands running trials back with their last checkpoint.

Examples:
  chromaray worker --queue redis://10.0.0.5 --exchange https://10.0.0.5:8478
  chromaray worker --queue redis://localhost --exchange /data/exchange --threads 4 --once`,
    )
    .action(async (options: WorkerActionOptions) => {
      const { workerAction } = await import('../actions/worker.js');
      await workerAction(options, context);
    });
}
