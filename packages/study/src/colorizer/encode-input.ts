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
  const { channels, values } = input;
  const planes = new Float32Array(channels * side * side);
  const square = { width: side, height: side };
  if (input.stretch === 'linear') {
    // Its levels lie between the 256 of a picture, so that no table holds them.
    const plane = stretchPlane(new Float32Array(gray.data), gray, square);
    for (let i = 0; i < plane.length; i++) planes[i] = plane[i]! / 255;
    for (let channel = 1; channel < channels; channel++) planes.copyWithin(channel * side * side, 0, side * side);
    return planes;
  }
  const levels = resizeAsPillow(gray, square, input.stretch === 'pillow-bilinear' ? 'bilinear' : 'bicubic').data;
  for (let channel = 0, to = 0; channel < channels; channel++) {
    const table = scale(values, channel);
    for (let i = 0; i < levels.length; i++) planes[to++] = table[levels[i]!]!;
  }
  return planes;
}

/** What each gray level becomes. Single precision at every step, as PyTorch computes: one rounding moves a byte. */
function scale(values: ColorizerContract['input']['values'], channel: number): Float32Array {
  const levels = Float32Array.from({ length: 256 }, (_, level) => level);
  switch (values) {
    case 'levels':
      return levels;
    case 'unit':
      return levels.map((level) => level / 255);
    case 'lightness':
      return levels.map((level) => grayLightness[level]!);
    case 'imagenet': {
      const mean = imagenet.mean[channel]!;
      const deviation = imagenet.deviation[channel]!;
      return levels.map((level) => Math.fround(Math.fround(level / 255) - mean) / deviation);
    }
  }
}
