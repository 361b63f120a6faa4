import { colouringNames, colourMapNames } from '@chromaray/imaging/names';
import { type Command, Option } from 'commander';
import type { ColourOptions } from '../actions/colour.js';
import type { Context } from '../context.js';
import { colorizersOption, renderFactorOption } from './colorizer-options.js';
import { jsonOption } from './command.js';
import { wholeNumber } from './options.js';

/** `chromaray colour <in> <out>` */
export function addColour(parent: Command, context: Context): void {
  parent
    .command('colour')
    .description('colorize files or folders, at full size')
    .argument('<in>', 'a JPEG, PNG, PGM or DICOM file, or a folder, .zip or .npz of them')
    .argument('<out>', 'folder for the colorized pictures; keeps folders and names')
    .addOption(new Option('--map <name>', 'colour map').choices(colouringNames).default('turbo'))
    .option(
      '--seed <n>',
      'order of the map "shuffled", function of "smooth-random", weights of an untrained colorizer',
      wholeNumber(0, 4294967295),
    )
    .addOption(new Option('--of <name>', 'map whose entries "shuffled" takes').choices(colourMapNames))
    .addOption(
      new Option('--colorizer <name>', 'a network instead of a map, for example photo-small').conflicts(['of']),
    )
    .option(...renderFactorOption)
    .option(...colorizersOption)
    .option('--original-layout', 'write c_train, c_val and c_test, each file under its source’s name')
    .option('--sheet <file.png>', 'also write the first pictures side by side with their colours')
    .option('--rows <n>', 'pictures on the sheet', wholeNumber(1, 64), 8)
    .option(...jsonOption)
    .addHelpText(
      'after',
      `
Pictures that cannot be read are listed with the reason, and the exit code is then 1.

Examples:
  chromaray colour image.jpeg coloured --map turbo
  chromaray colour ../chest_xray coloured --map shuffled --seed 1 --sheet sheet.png
  chromaray colour ../chest_xray coloured --colorizer deoldify-artistic --original-layout`,
    )
    .action(async (input: string, output: string, options: ColourOptions) => {
      const { colourAction } = await import('../actions/colour.js');
      await colourAction(input, output, options, context);
    });
}
