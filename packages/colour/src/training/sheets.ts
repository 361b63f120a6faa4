import path from 'node:path';
import { writeFileAtomic } from '@chromaray/base';
import { type GrayImage, type Image, mergeStretchedChroma, resize, sheet, toGray } from '@chromaray/imaging';
import { answerScale } from '../network/colour-unet.js';
import type { PhotographStore } from '../photographs/store.js';
import type { UvFile } from './measure.js';
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

/**
 * The sheet of an epoch: the watched pictures under the network as it is.
 *
 * @param colours U and V of the watched photographs and the X-rays after them, [pictures, 2, side / 4, side / 4]
 * @param watched number of photographs in `colours`, of which the first are shown
 */
export async function writeEpochSheet(
  file: string,
  title: string,
  { store, photographs, xRays }: SheetPictures,
  { colours, watched, side }: { readonly colours: Float32Array; readonly watched: number; readonly side: number },
): Promise<void> {
  const small = side / answerScale;
  const plane = small * small;
  const coloured = (gray: GrayImage, picture: number): Image => {
    const start = 2 * plane * picture;
    const [u, v] = [colours.subarray(start, start + plane), colours.subarray(start + plane, start + 2 * plane)];
    return mergeStretchedChroma(gray, { width: small, height: small, u, v });
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

/** The sheet of a finished colorizer, as its file colours: photographs at the size given, X-rays at that of the contract. */
export async function writeContactSheet(
  file: string,
  title: string,
  { store, photographs, xRays }: SheetPictures,
  colorizer: UvFile,
  sides: { readonly photographs: number; readonly xRays: number },
): Promise<void> {
  const rows = [];
  for (const [i, position] of photographs.entries()) {
    const photograph = store.read(position);
    const gray = toGray(photograph);
    const coloured = await colorizer.colour(gray, sides.photographs);
    rows.push({ label: `held-out photograph ${i + 1}`, images: [gray, coloured, photograph] });
  }
  for (const { label, gray } of xRays) {
    rows.push({ label, images: [gray, await colorizer.colour(gray, sides.xRays)] });
  }
  writeFileAtomic(file, await sheet({ title, columns, rows, cellSize: cell }));
}

/** Where the sheet of an epoch lies: sorted by name they are in order. */
export function epochSheet(folder: string, stage: number, side: number, epoch: number): string {
  return path.join(folder, `stage-${stage + 1}-${side}px-epoch-${String(epoch).padStart(2, '0')}.png`);
}
