import { ChromarayError } from '@chromaray/base';
import type { DicomContrast } from '../dicom/window.js';

/** What is done to a picture between decoding and training, beyond resizing. Keys left out do nothing. */
export interface ImageOperations {
  /** DICOM only: the contrast in place of the one that the file proposes. */
  readonly window?: DicomContrast;
  /** Shares of the width (left, right) and of the height (top, bottom) that are cut off, each below 0.5. */
  readonly crop?: { readonly left: number; readonly right: number; readonly top: number; readonly bottom: number };
  /** 255 - v. */
  readonly invert?: boolean;
  /** Contrast-limited adaptive histogram equalisation: `tiles` a side, histograms cut at `clip` times their mean. */
  readonly clahe?: { readonly clip: number; readonly tiles: number };
  /** Bits of gray that are kept, 1 to 8; levels are spread from 0 to 255. */
  readonly bits?: number;
  /** Quality, 1 to 100, of a JPEG that the picture is stored as and read from again. */
  readonly jpeg?: number;
  /** `letterbox` keeps the picture's shape, on black; `stretch` (default) does not. */
  readonly fit?: 'stretch' | 'letterbox';
  /** Standard deviation of a Gaussian in pixels of the resized picture; 0 to 64. */
  readonly blur?: number;
}

/** @throws ChromarayError `CHROMARAY_IMAGE_OPERATION` for a number out of its range */
export function checkOperations({ crop, clahe, bits = 8, jpeg = 100, blur = 0 }: ImageOperations): void {
  const numbers: readonly (readonly [string, number, boolean])[] = [
    ...Object.entries(crop ?? {}).map(([side, share]) => [`crop.${side}`, share, share >= 0 && share < 0.5] as const),
    ['clahe.clip', clahe?.clip ?? 2, (clahe?.clip ?? 2) >= 1],
    ['clahe.tiles', clahe?.tiles ?? 8, isWhole(clahe?.tiles ?? 8, 1, 64)],
    ['bits', bits, isWhole(bits, 1, 8)],
    ['jpeg', jpeg, isWhole(jpeg, 1, 100)],
    ['blur', blur, blur >= 0 && blur <= 64],
  ];
  const wrong = numbers.find(([, , fits]) => !fits);
  if (wrong === undefined) return;
  throw new ChromarayError({
    code: 'CHROMARAY_IMAGE_OPERATION',
    message: `The operation ${wrong[0]} is ${wrong[1]}, which is outside its range.`,
    remedy: 'docs/imaging.md lists what each operation takes.',
  });
}

function isWhole(value: number, least: number, most: number): boolean {
  return Number.isInteger(value) && value >= least && value <= most;
}
