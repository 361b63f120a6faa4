import { defaultAnswer, defaultEpochs, defaultSizes } from '@chromaray/colour/names';
import { type Command, InvalidArgumentError, Option } from 'commander';
import type { ColorizerTrainOptions } from '../actions/colorizer-train.js';
import type { Context } from '../context.js';
import { colorizersOption } from './colorizer-options.js';
import { jsonOption } from './command.js';
import { wholeNumber } from './options.js';
import { backendOption } from './provider-options.js';

/** `chromaray colorizer train <photographs>` */
export function addColorizerTrain(parent: Command, context: Context): void {
  parent
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
    )
    .addOption(
      new Option('--loss <loss>', 'what is learned: how likely each colour is, or U and V themselves')
        .choices(['classes', 'l1'])
        .default('classes'),
    )
    .option(
      '--temperature <t>',
      'of likely colours: 1 their mean, towards 0 the likeliest',
      share,
      defaultAnswer.temperature,
    )
    .option('--rebalance <r>', 'how much rare colours count beyond their share, 0 to 1', share, defaultAnswer.rebalance)
    .option('--warp <w>', 'photographs are also seen from a slant, by up to this; DeOldify: 0.25', warp, 0)
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

function wholeNumbers(least: number, most: number): (text: string) => number[] {
  const parse = wholeNumber(least, most);
  return (text) => text.split(',').map((number) => parse(number.trim()));
}

/** From 0.5 on a side may shrink to half, and the picture beyond its edges is mirrored more than shown. */
function warp(text: string): number {
  const value = share(text);
  if (value <= 0.5) return value;
  throw new InvalidArgumentError('It must be a number from 0 to 0.5');
}

function share(text: string): number {
  const value = Number(text);
  if (text.trim() !== '' && value >= 0 && value <= 1) return value;
  throw new InvalidArgumentError('It must be a number from 0 to 1');
}
