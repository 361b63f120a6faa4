import { type GrayImage, grayLightness, resizeAsPillow, stretchedRows } from '@chromaray/imaging';
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
  const count = side * side;
  const planes = new Float32Array(channels * count);
  const square = { width: side, height: side };
  let made = 1;
  if (input.stretch === 'linear') {
    // Its levels lie between the 256 of a picture, so that no table holds them.
    const row = stretchedRows(gray.data, gray, square);
    for (let y = 0; y < side; y++) toUnit(row(y), planes, y * side);
  } else {
    const filter = input.stretch === 'pillow-bilinear' ? 'bilinear' : 'bicubic';
    const levels = resizeAsPillow(gray, square, filter).data;
    // ImageNet's numbers differ from channel to channel.
    if (values === 'imagenet') made = channels;
    for (let channel = 0; channel < made; channel++) lookUp(levels, scale(values, channel), planes, channel * count);
  }
  for (let channel = made; channel < channels; channel++) planes.copyWithin(channel * count, 0, count);
  return planes;
}

function toUnit(levels: Float32Array, to: Float32Array, at: number): void {
  for (let i = 0; i < levels.length; i++) to[at + i] = levels[i]! / 255;
}

function lookUp(levels: Uint8Array, table: Float32Array, to: Float32Array, at: number): void {
  for (let i = 0; i < levels.length; i++) to[at + i] = table[levels[i]!]!;
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
