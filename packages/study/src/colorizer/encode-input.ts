import { type GrayImage, grayLightness, resizeAsPillow, stretchPlane } from '@chromaray/imaging';
import type { ColorizerContract } from './contract.js';
import { imagenet } from './imagenet.js';

/**
 * A gray picture as a network wants it: stretched to a square and put on the contract's scale.
 *
 * @param side of the square, in pixels
 * @returns float32 [channels, side, side]
 */
export function encodeInput(gray: GrayImage, { input }: ColorizerContract, side: number): Float32Array {
  const levels = stretched(gray, input.stretch, side);
  const planes = new Float32Array(input.channels * levels.length);
  for (let channel = 0; channel < input.channels; channel++) {
    planes.set(scaled(levels, input.values, channel), channel * levels.length);
  }
  return planes;
}

function stretched(
  gray: GrayImage,
  stretch: ColorizerContract['input']['stretch'],
  side: number,
): Uint8Array | Float32Array {
  const square = { width: side, height: side };
  if (stretch === 'linear') return stretchPlane(Float32Array.from(gray.data), gray, square);
  return resizeAsPillow(gray, square, stretch === 'pillow-bilinear' ? 'bilinear' : 'bicubic').data;
}

/** Single precision at every step, as PyTorch computes: one rounding more or less moves a truncated byte. */
function scaled(
  levels: Uint8Array | Float32Array,
  values: ColorizerContract['input']['values'],
  channel: number,
): ArrayLike<number> {
  switch (values) {
    case 'levels':
      return levels;
    case 'unit':
      return Float32Array.from(levels, (level) => level / 255);
    case 'lightness':
      return Float32Array.from(levels, (level) => grayLightness[level]!);
    case 'imagenet': {
      const mean = imagenet.mean[channel]!;
      const deviation = imagenet.deviation[channel]!;
      const table = Float32Array.from(
        { length: 256 },
        (_, level) => Math.fround(Math.fround(level / 255) - mean) / deviation,
      );
      return Float32Array.from(levels, (level) => table[level]!);
    }
  }
}
