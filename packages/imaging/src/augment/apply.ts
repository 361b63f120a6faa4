import { asImage, type GrayImage, type Image } from '../image.js';
import { affineMap } from './affine.js';
import type { AugmentationParameters } from './draw.js';
import { warp } from './warp.js';

/**
 * Changes a picture as the parameters say, in Keras's order: affine map, flip, brightness. The result is
 * a new picture of the same size; parameters that change nothing give an exact copy.
 *
 * Brightness is what Pillow's `ImageEnhance.Brightness`, which Keras calls, computes: the sample times the
 * factor, cut to an integer and to 255.
 */
export function applyAugmentation(image: GrayImage, parameters: AugmentationParameters): GrayImage;
export function applyAugmentation(image: Image, parameters: AugmentationParameters): Image;
export function applyAugmentation(source: GrayImage | Image, parameters: AugmentationParameters): GrayImage | Image {
  const image = asImage(source);
  const map = affineMap(parameters, image);
  const result: Image = map
    ? warp(image, map, parameters.fillMode, parameters.fillValue)
    : { ...image, data: Uint8Array.from(image.data) };
  if (parameters.flipHorizontal) flipInPlace(result);
  if (parameters.brightness !== undefined) brightenInPlace(result.data, parameters.brightness);
  return result;
}

function flipInPlace({ width, height, channels, data }: Image): void {
  for (let y = 0; y < height; y++) {
    let left = y * width * channels;
    for (let right = left + (width - 1) * channels; left < right; left += channels, right -= channels) {
      for (let c = 0; c < channels; c++) {
        const kept = data[left + c]!;
        data[left + c] = data[right + c]!;
        data[right + c] = kept;
      }
    }
  }
}

function brightenInPlace(data: Uint8Array, factor: number): void {
  // Pillow multiplies in single precision.
  const single = Math.fround(factor);
  const table = Uint8Array.from({ length: 256 }, (_, value) => Math.min(255, Math.fround(single * value)));
  for (let i = 0; i < data.length; i++) data[i] = table[data[i]!]!;
}
