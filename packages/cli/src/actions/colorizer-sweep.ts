import { sweepRenderFactors } from '@chromaray/colour';
import type { Context } from '../context.js';
import { writeJson } from '../report-error.js';
import { printText } from '../terminal/print.js';

export interface ColorizerSweepOptions {
  readonly factors: readonly number[];
  readonly sheet: string;
  readonly colorizers?: string;
  readonly json?: boolean;
}

/** What `chromaray colorizer sweep <name> <image...>` does. */
export async function colorizerSweepAction(
  colorizer: string,
  images: readonly string[],
  options: ColorizerSweepOptions,
  context: Context,
): Promise<void> {
  const { factors, sheet, colorizers } = options;
  await sweepRenderFactors({
    colorizer,
    images,
    factors,
    output: sheet,
    ...(colorizers !== undefined && { folder: colorizers }),
    signal: context.signal,
    onProgress: (done, total) => context.progress.update({ phase: 'colorizing', done, total, unit: 'images' }),
  });
  context.progress.end();
  if (options.json) writeJson(context.out, { colorizer, images, factors, sheet });
  else printText(context.out, `${images.length} x ${factors.length} pictures are on ${sheet}.`);
}
