import { type ColouredFolder, colourFolder, colourMapNames } from '@chromaray/imaging';
import { type Command, Option } from 'commander';
import type { Context } from '../context.js';
import { writeJson } from '../report-error.js';
import { formatSeconds } from '../terminal/format.js';
import { jsonOption } from './command.js';
import { wholeNumber } from './options.js';

interface Options {
  readonly map: string;
  readonly seed?: number;
  readonly of?: string;
  readonly sheet?: string;
  readonly rows: number;
  readonly json?: boolean;
}

/** `chromaray colour <in> <out>` */
export function addColour(parent: Command, context: Context): void {
  parent
    .command('colour')
    .description('colorize files or folders, at full size, as PNG')
    .argument('<in>', 'a JPEG or PNG, or a folder of them')
    .argument('<out>', 'folder for the colorized pictures; keeps folders and names')
    .addOption(new Option('--map <name>', 'colour map').choices(colourMapNames).default('turbo'))
    .option('--seed <n>', 'order of the map "shuffled"', wholeNumber(0, 4294967295))
    .addOption(new Option('--of <name>', 'map whose entries "shuffled" takes').choices(colourMapNames))
    .option('--sheet <file.png>', 'also write the first pictures side by side with their colours')
    .option('--rows <n>', 'pictures on the sheet', wholeNumber(1, 64), 8)
    .option(...jsonOption)
    .addHelpText(
      'after',
      `
Examples:
  chromaray colour image.jpeg coloured --map turbo
  chromaray colour ../chest_xray coloured --map shuffled --seed 1 --sheet sheet.png`,
    )
    .action(async (input: string, output: string, options: Options) => {
      const { map, seed, of, sheet, rows } = options;
      const result = await colourFolder({
        input,
        output,
        map,
        ...(seed !== undefined && { seed }),
        ...(of !== undefined && { of }),
        ...(sheet !== undefined && { sheet: { file: sheet, rows } }),
        signal: context.signal,
        onProgress: ({ done, total }) => context.progress.update({ phase: 'colouring', done, total, unit: 'images' }),
      });
      context.progress.end();
      if (options.json) writeJson(context.out, { map, output, sheet: sheet ?? null, ...result });
      else context.out.write(`${format(result, output, sheet)}\n`);
    });
}

function format({ written, unreadable, seconds }: ColouredFolder, output: string, sheet: string | undefined): string {
  return [
    `${written.length} ${written.length === 1 ? 'picture' : 'pictures'} colorized in ${output}, in ${formatSeconds(seconds)}.`,
    ...(sheet === undefined ? [] : [`Side by side: ${sheet}`]),
    ...(unreadable.length === 0 ? [] : [`${unreadable.length} could not be read:`]),
    ...unreadable.map(({ message }) => `  ${message}`),
  ].join('\n');
}
