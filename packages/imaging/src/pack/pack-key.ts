import { canonicalJson, sha256 } from '@chromaray/base';
import { type AugmentationOptions, completeAugmentation } from '../augment/options.js';
import type { Size } from '../image.js';
import type { ImageOperations } from '../operations/options.js';
import { packVersion } from './pack-format.js';

/** One picture of a pack. */
export interface PackItem {
  /** Unique within the pack. */
  readonly id: string;
  /** The image file; several items may come from one file. */
  readonly file: string;
  /** SHA-256 of the file's bytes, 64 hexadecimal digits, as the data set recorded it. */
  readonly sha256: string;
  /** Change the picture at random, by the pack's augmentation and this seed. Left out: as it is. */
  readonly augment?: { readonly seed: number | string };
}

export interface PackKeyInputs {
  readonly items: readonly PackItem[];
  readonly size: Size;
  readonly channels: 1 | 3;
  readonly augmentation: AugmentationOptions;
  readonly operations?: ImageOperations;
  readonly colouring?: { readonly key: string; readonly at: string };
  /** Limits decide which pictures a pack holds. */
  readonly maxPixels: number;
  readonly minSide: number;
}

/**
 * The hash of everything that makes a pack's pixels: ids, contents, sizes, limits, operations, augmentation and
 * seeds, colouring, the
 * format's version. Where the files lie is no part of it. Augmentation settings count only if an item uses
 * them.
 */
export function packKey(inputs: PackKeyInputs): string {
  const { items, size, channels, augmentation, operations = {}, colouring, maxPixels, minSide } = inputs;
  const augmented = items.some((item) => item.augment);
  return sha256(
    JSON.stringify({
      version: packVersion,
      size: [size.width, size.height],
      channels,
      limits: [maxPixels, minSide],
      ...(Object.keys(operations).length > 0 && { operations: canonicalJson(operations) }),
      ...(colouring && { colouring: [colouring.at, colouring.key] }),
      augmentation: augmented ? completeAugmentation(augmentation) : null,
      items: items.map((item) => [item.id, item.sha256, item.augment ? String(item.augment.seed) : null]),
    }),
  );
}
