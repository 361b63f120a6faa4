import { defaultAnswer, defaultEpochs, defaultSizes } from '@chromaray/colour/names';
import type { Command } from 'commander';
import type { ColorizerTrainOptions } from '../actions/colorizer-train.js';
import type { Context } from '../context.js';
import { colorizersOption } from './colorizer-options.js';
import { addCriticOptions, addNetworkOptions } from './colorizer-train-options.js';
import { jsonOption } from './command.js';
import { numberFrom, share, wholeNumbers } from './number-options.js';
import { wholeNumber } from './options.js';
import { backendOption } from './provider-options.js';

/** `chromaray colorizer train <photographs>` */
export function addColorizerTrain(parent: Command, context: Context): void {
  const train = parent
    .command('train')
    .description('train a colorizer on photographs of your own, and install it; resumes where it was interrupted')
    .argument('<photographs>', 'a folder or .zip of colour photographs')
    .requiredOption('--name <name>', 'name for study files')
    .option('--output <dir>', 'folder of this training: sheets, checkpoints, the card (default: colorizer-<name>)')
    .option('--sizes <list>', 'sides of the photographs in pixels, one stage each', wholeNumbers(32, 512), [
      ...defaultSizes,
    ])
    .option('--epochs <list>', 'epochs of each stage', wholeNumbers(1, 1000), [...defaultEpochs])
    .option(
      '--seed <n>',
      'of the first weights, the order and the changes of photographs',
      wholeNumber(0, 4294967295),
      1,
    );
  addNetworkOptions(train);
  addCriticOptions(train);
  train
    .option(
      '--temperature <t>',
      'of likely colours: 1 their mean, towards 0 the likeliest',
      share,
      defaultAnswer.temperature,
    )
    .option('--rebalance <r>', 'how much rare colours count beyond their share, 0 to 1', share, defaultAnswer.rebalance)
    .option(
      '--warp <w>',
      'photographs are also seen from a slant, by up to this; DeOldify: 0.25',
      numberFrom(0, 0.5),
      0,
    )
    .option('--x-rays <path>', 'X-rays shown on the sheets (default: drawn ones)')
    .option('--licence <licence>', 'of the photographs; noted on the card')
    .option('--threads <n>', 'processor threads (default: all physical cores)', wholeNumber(1, 256))
    .addOption(backendOption())
    .option(...colorizersOption)
    .option(...jsonOption)
    .addHelpText(
      'after',
      '\nExample:\n  chromaray colorizer train photographs.zip --name mine --licence CC0-1.0 --x-rays ../chest_xray/val',
    )
    .action(async (photographs: string, options: ColorizerTrainOptions) => {
      const { colorizerTrainAction } = await import('../actions/colorizer-train.js');
      await colorizerTrainAction(photographs, options, context);
    });
}
