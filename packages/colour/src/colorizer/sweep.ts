import { writeFileAtomic } from '@chromaray/base';
import { decodeGray, type GrayImage, type Image, resize, sheet } from '@chromaray/imaging';
import { type FindOptions, openColorizer } from './open.js';

export interface SweepOptions extends Omit<FindOptions, 'renderFactor'> {
  /** Name of an installed colorizer. */
  readonly colorizer: string;
  /** Picture files, one row of the sheet each. */
  readonly images: readonly string[];
  /** One column each, in this order. */
  readonly factors: readonly number[];
  /** The sheet, a PNG. */
  readonly output: string;
  readonly signal?: AbortSignal;
  /** Counts colorized pictures. */
  readonly onProgress?: (done: number, total: number) => void;
}

const cell = 256;

/**
 * The same pictures under one colorizer at several render factors, side by side on one sheet: colours change
 * with the size a network works at, and which is right for X-rays cannot be known but by looking.
 *
 * @throws ChromarayError of `openColorizer`, of `decodeGray` and of colorizing; `CHROMARAY_FILE_WRITE`
 */
export async function sweepRenderFactors(options: SweepOptions): Promise<void> {
  const { colorizer: name, images, factors, output, signal, onProgress, ...find } = options;
  const grays: GrayImage[] = [];
  for (const image of images) grays.push(await decodeGray(image));
  const columns: Image[][] = [];
  for (const renderFactor of factors) {
    const colorizer = await openColorizer(name, { ...find, renderFactor });
    const column: Image[] = [];
    try {
      for (const gray of grays) {
        signal?.throwIfAborted();
        const [coloured] = await colorizer.colorize([gray]);
        column.push(small(coloured!));
        onProgress?.(columns.length * grays.length + column.length, factors.length * grays.length);
      }
    } finally {
      await colorizer.release();
    }
    columns.push(column);
  }
  const rows = images.map((label, i) => ({ label, images: [grays[i]!, ...columns.map((column) => column[i]!)] }));
  const headings = ['gray', ...factors.map((factor) => `render factor ${factor}`)];
  writeFileAtomic(output, await sheet({ title: name, columns: headings, rows, cellSize: cell }));
}

/** As large as its place on the sheet: colorized pictures wait in memory until the last is there. */
function small(image: Image): Image {
  const scale = Math.min(1, cell / Math.max(image.width, image.height));
  const side = (length: number): number => Math.max(1, Math.round(length * scale));
  return resize(image, { width: side(image.width), height: side(image.height) });
}
