import { count, counted, duration } from '@chromaray/base';
import { type Colorizer, openColorizer } from '@chromaray/colour';
import { mapsOf, trainedNameOf, untrainedName } from '@chromaray/contracts';
import { codedError } from '@chromaray/contracts/errors';
import { type ColouredFolder, type ColouringChoice, colourFolder } from '@chromaray/imaging';
import type { Context } from '../context.js';
import { EndedWith, exitCodes } from '../exit-codes.js';
import { writeJson } from '../report-error.js';
import { noteSection } from '../terminal/notes.js';
import { printText } from '../terminal/print.js';

export interface ColourOptions {
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

/** What `chromaray colour <in> <out>` does. */
export async function colourAction(
  input: string,
  output: string,
  options: ColourOptions,
  context: Context,
): Promise<void> {
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
    if (options.json) writeJson(context.out, { ...by, output, ...result });
    else printText(context.out, format(result, output));
    if (result.unreadable.length > 0) throw new EndedWith(exitCodes.failed);
  } finally {
    await colorizer?.release();
  }
}

async function chosenColorizer(options: ColourOptions): Promise<Colorizer | undefined> {
  const { colorizer, renderFactor, colorizers, seed } = options;
  if (colorizer === undefined) return undefined;
  if (seed !== undefined && trainedNameOf(colorizer) === undefined) {
    throw codedError('CHROMARAY_USAGE', {
      message: `--seed has no meaning for the colorizer "${colorizer}": its weights are not random.`,
      remedy: `Remove it, or name an untrained colorizer, such as ${untrainedName('photo-small')}.`,
    });
  }
  return openColorizer(colorizer, {
    ...(renderFactor !== undefined && { renderFactor }),
    ...(seed !== undefined && { seed }),
    ...(colorizers !== undefined && { folder: colorizers }),
  });
}

function colouringBy(colorizer: Colorizer): ColouringChoice {
  return { colouring: { name: colorizer.name, colour: async (gray) => (await colorizer.colorize([gray]))[0]! } };
}

function chosenMap({ map, seed, of }: ColourOptions): ColouringChoice {
  for (const [option, value] of Object.entries({ seed, of }) as ['seed' | 'of', unknown][]) {
    const maps: readonly string[] = mapsOf[option];
    if (value === undefined || maps.includes(map)) continue;
    throw codedError('CHROMARAY_USAGE', {
      message: `--${option} has no meaning for the map "${map}".`,
      remedy: `Remove it, or choose --map ${maps.join(' or ')}.`,
    });
  }
  return { map, options: { ...(seed !== undefined && { seed }), ...(of !== undefined && { of }) } };
}

function format({ written, unreadable, notes, sheet, seconds }: ColouredFolder, output: string): string {
  return [
    written.length === 0
      ? 'No picture was colorized.'
      : `${counted(written.length, 'picture')} colorized in ${output}, in ${duration(seconds)}.`,
    ...(sheet === null ? [] : [`Side by side: ${sheet}`]),
    ...(unreadable.length === 0 ? [] : [`${count(unreadable.length)} could not be read:`]),
    ...unreadable.map(({ message }) => `  ${message}`),
    ...noteSection(notes),
  ]
    .join('\n')
    .trimEnd();
}
