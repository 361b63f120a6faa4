import { type ColouredFolder, type ColouringChoice, colourFolder, colourMapNames } from '@chromaray/imaging';
import { type Colorizer, openColorizer } from '@chromaray/study';
import { type Command, Option } from 'commander';
import type { Context } from '../context.js';
import { writeJson } from '../report-error.js';
import { formatSeconds } from '../terminal/format.js';
import { colorizersOption, renderFactorOption } from './colorizer-options.js';
import { jsonOption } from './command.js';
import { wholeNumber } from './options.js';

interface Options {
  readonly map: string;
  readonly seed?: number;
  readonly of?: string;
  readonly colorizer?: string;
  readonly renderFactor?: number;
  readonly colorizers?: string;
  readonly originalLayout?: boolean;
  readonly sheet?: string;
  readonly rows: number;
  readonly json?: boolean;
}

/** `chromaray colour <in> <out>` */
export function addColour(parent: Command, context: Context): void {
  parent
    .command('colour')
    .description('colorize files or folders, at full size')
    .argument('<in>', 'a JPEG, PNG, PGM or DICOM file, or a folder, .zip or .npz of them')
    .argument('<out>', 'folder for the colorized pictures; keeps folders and names')
    .addOption(new Option('--map <name>', 'colour map').choices(colourMapNames).default('turbo'))
    .option('--seed <n>', 'order of the map "shuffled"', wholeNumber(0, 4294967295))
    .addOption(new Option('--of <name>', 'map whose entries "shuffled" takes').choices(colourMapNames))
    .addOption(new Option('--colorizer <name>', 'an installed network instead of a map').conflicts(['seed', 'of']))
    .option(...renderFactorOption)
    .option(...colorizersOption)
    .option('--original-layout', 'write c_train, c_val and c_test, each file under its source’s name')
    .option('--sheet <file.png>', 'also write the first pictures side by side with their colours')
    .option('--rows <n>', 'pictures on the sheet', wholeNumber(1, 64), 8)
    .option(...jsonOption)
    .addHelpText(
      'after',
      `
Examples:
  chromaray colour image.jpeg coloured --map turbo
  chromaray colour ../chest_xray coloured --map shuffled --seed 1 --sheet sheet.png
  chromaray colour ../chest_xray coloured --colorizer deoldify-artistic --original-layout`,
    )
    .action(async (input: string, output: string, options: Options) => {
      const { sheet, rows } = options;
      const colorizer = await chosenColorizer(options);
      try {
        const result = await colourFolder({
          input,
          output,
          ...(colorizer ? colouringBy(colorizer) : chosenMap(options)),
          ...(options.originalLayout && { layout: 'original' }),
          ...(sheet !== undefined && { sheet: { file: sheet, rows } }),
          signal: context.signal,
          onProgress: ({ done, total }) => context.progress.update({ phase: 'colouring', done, total, unit: 'images' }),
        });
        context.progress.end();
        const by = colorizer ? { colorizer: colorizer.name } : { map: options.map };
        if (options.json) writeJson(context.out, { ...by, output, sheet: sheet ?? null, ...result });
        else context.out.write(`${format(result, output, sheet)}\n`);
      } finally {
        await colorizer?.release();
      }
    });
}

async function chosenColorizer({ colorizer, renderFactor, colorizers }: Options): Promise<Colorizer | undefined> {
  if (colorizer === undefined) return undefined;
  return openColorizer(colorizer, {
    ...(renderFactor !== undefined && { renderFactor }),
    ...(colorizers !== undefined && { folder: colorizers }),
  });
}

function colouringBy(colorizer: Colorizer): ColouringChoice {
  return { colouring: { name: colorizer.name, colour: async (gray) => (await colorizer.colorize([gray]))[0]! } };
}

function chosenMap({ map, seed, of }: Options): ColouringChoice {
  return { map, ...(seed !== undefined && { seed }), ...(of !== undefined && { of }) };
}

function format({ written, unreadable, seconds }: ColouredFolder, output: string, sheet: string | undefined): string {
  return [
    `${written.length} ${written.length === 1 ? 'picture' : 'pictures'} colorized in ${output}, in ${formatSeconds(seconds)}.`,
    ...(sheet === undefined ? [] : [`Side by side: ${sheet}`]),
    ...(unreadable.length === 0 ? [] : [`${unreadable.length} could not be read:`]),
    ...unreadable.map(({ message }) => `  ${message}`),
  ].join('\n');
}
