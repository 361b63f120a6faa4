import { availableParallelism } from 'node:os';
import { Command, InvalidArgumentError, Option } from 'commander';
import { networks } from '../networks.js';
import { list, networksByName, oneOf, positive } from '../options.js';
import { installedWays, ourNames } from '../ourselves.js';
import { type TargetOptions, timeToTarget } from './time-to-target.js';

/** `bench time-to-target` */
export function targetCommand(): Command {
  return new Command('time-to-target')
    .description('how long a user waits for an AUROC on the test part, here and in Keras, decoding and all')
    .option('--data <folder>', "in Kaggle's layout", '../shared/data/chest_xray')
    .option('--positive <class>', 'folder of the positive class', 'PNEUMONIA')
    .addOption(
      new Option('--model <name>', 'network')
        .argParser((text) => networksByName(text)[0]!)
        .default(networks.find(isSmall)!, 'small'),
    )
    .option('--size <pixels>', 'height and width', positive, 64)
    .option('--target <auroc>', 'on the test part', share, 0.95)
    .option('--seeds <numbers>', 'one race each', list(positive), [1, 2, 3])
    .option('--epochs <n>', 'after which a race is given up', positive, 12)
    .option('--batch <n>', 'examples a step', positive, 32)
    .option('--threads <n>', 'CPU threads', positive, Math.min(2, availableParallelism()))
    .option('--backends <names>', `of ${ourNames.join(', ')}`, oneOf(ourNames), installedWays())
    .option('--limit <seconds>', 'after which a racer is ended', positive, 900)
    .option('--json', 'print one JSON document instead of text', false)
    .action((options: TargetOptions) => timeToTarget(options));
}

const isSmall = ({ preset }: { readonly preset: string }) => preset === 'small';

function share(text: string): number {
  const value = Number(text);
  if (!(value > 0 && value <= 1)) throw new InvalidArgumentError('It must lie between 0 and 1.');
  return value;
}
