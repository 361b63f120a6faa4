import path from 'node:path';
import { writeFileAtomic } from '@chromaray/base';
import { type GrayImage, type Image, mergeStretchedChroma, resize, sheet, toGray } from '@chromaray/imaging';
import type { Colorizer } from '../colorizer/colorizer.js';
import type { PhotographStore } from '../photographs/store.js';
import type { ShownXRay } from './x-rays.js';

/** Photographs on a sheet. */
export const sheetPhotographs = 8;

/** What sheets show: held-out photographs, and X-rays. */
export interface SheetPictures {
  readonly store: PhotographStore;
  /** Positions in the store. */
  readonly photographs: readonly number[];
  readonly xRays: readonly ShownXRay[];
}

const cell = 192;
const columns = ['gray', 'coloured', 'photograph'];

/** U and V of some pictures as a network gives them, [pictures, 2, ...] in gray levels, squares of some side. */
export interface ShownColours {
  readonly colours: Float32Array;
  /** Photographs in `colours`, of which the first are shown; X-rays come after them. */
  readonly watched: number;
}

/** The sheet of an epoch: the watched pictures under the network as it is. */
export async function writeEpochSheet(
  file: string,
  title: string,
  { store, photographs, xRays }: SheetPictures,
  { colours, watched }: ShownColours,
): Promise<void> {
  const plane = colours.length / (2 * (watched + xRays.length));
  const side = Math.sqrt(plane);
  const coloured = (gray: GrayImage, picture: number): Image => {
    const start = 2 * plane * picture;
    const [u, v] = [colours.subarray(start, start + plane), colours.subarray(start + plane, start + 2 * plane)];
    return mergeStretchedChroma(gray, { width: side, height: side, u, v });
  };
  const rows = photographs.map((position, i) => {
    const photograph = store.read(position);
    const gray = toGray(photograph);
    return { label: `held-out photograph ${i + 1}`, images: [gray, coloured(gray, i), photograph] };
  });
  const further = xRays.map(({ label, gray }, i) => {
    const shown = resize(gray, cell);
    return { label, images: [shown, coloured(shown, watched + i)] };
  });
  writeFileAtomic(file, await sheet({ title, columns, rows: [...rows, ...further], cellSize: cell }));
}

/** A file that a sheet shows, opened for photographs and for X-rays, which it may take at different sizes. */
export interface ShownColorizer {
  /** Over its column. */
  readonly heading: string;
  readonly photographs: Colorizer;
  readonly xRays: Colorizer;
}

/** The sheet of a finished training, as its files colour. */
export async function writeContactSheet(
  file: string,
  title: string,
  { store, photographs, xRays }: SheetPictures,
  shown: readonly ShownColorizer[],
): Promise<void> {
  const rows = [];
  for (const [i, position] of photographs.entries()) {
    const photograph = store.read(position);
    const gray = toGray(photograph);
    const coloured = await Promise.all(shown.map((one) => one.photographs.colorize([gray])));
    rows.push({ label: `held-out photograph ${i + 1}`, images: [gray, ...coloured.flat(), photograph] });
  }
  for (const { label, gray } of xRays) {
    const coloured = await Promise.all(shown.map((one) => one.xRays.colorize([gray])));
    rows.push({ label, images: [gray, ...coloured.flat()] });
  }
  const headings = ['gray', ...shown.map(({ heading }) => heading), 'photograph'];
  writeFileAtomic(file, await sheet({ title, columns: headings, rows, cellSize: cell }));
}

/** Where the sheet of an epoch lies: sorted by name they are in order. */
export function epochSheet(folder: string, stage: number, side: number, epoch: number): string {
  return path.join(folder, `stage-${stage + 1}-${side}px-epoch-${String(epoch).padStart(2, '0')}.png`);
}

/** Where the sheet of a stretch of steps of generator and critic lies. */
export function stretchSheet(folder: string, stage: string, side: number, step: number): string {
  return path.join(folder, `${stage}-${side}px-step-${String(step).padStart(6, '0')}.png`);
}
