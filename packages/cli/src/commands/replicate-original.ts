import path from 'node:path';
import { fastPlan, fullPlan, replicateOriginal } from '@chromaray/study';
import type { Command } from 'commander';
import { type Context, lineWidth } from '../context.js';
import { writeJson } from '../report-error.js';
import { formatReplication } from '../terminal/replication.js';
import { showStudyEvents } from '../terminal/study-events.js';
import { jsonOption } from './command.js';

interface Options {
  readonly data: string;
  readonly fast?: boolean;
  readonly out: string;
  readonly retrain?: boolean;
  readonly json?: boolean;
}

/** `chromaray replicate original` */
export function addReplicateOriginal(parent: Command, context: Context): void {
  parent
    .command('original')
    .description('"X-Ray Colorization & Neural Networks": as it was done, on X-rays not copied, and controlled')
    .requiredOption('--data <dir>', 'the Kermany data set, in its published folders')
    .option('--fast', 'minutes instead of hours: cuts pixels, pictures, epochs and seeds, and says which')
    .option('--out <dir>', 'folder for everything that comes out', 'replication')
    .option('--retrain', 'train again what another plan or version makes obsolete')
    .option(...jsonOption)
    .addHelpText(
      'after',
      '\nExamples:\n  chromaray replicate original --data ../chest_xray --fast\n  chromaray replicate original --data ../chest_xray --out original',
    )
    .action(async (options: Options) => {
      const outcome = await replicateOriginal({
        data: options.data,
        out: options.out,
        plan: options.fast ? fastPlan : fullPlan,
        retrain: options.retrain ?? false,
        onEvent: showStudyEvents(context.progress),
        signal: context.signal,
      });
      context.progress.end();
      if (options.json) writeJson(context.out, { ...outcome.result, folder: path.dirname(outcome.file) });
      else context.out.write(`${formatReplication(outcome, lineWidth(context))}\n`);
    });
}
