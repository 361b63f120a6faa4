import type { Random } from '@chromaray/base';
import { imagenet } from '@chromaray/engine';
import { type Image, luma, resize } from '@chromaray/imaging';
import { answerScale } from '../network/colour-unet.js';
import { drawWarp, warped } from './perspective.js';

/** How far photographs are changed at random, so that a network sees each differently every time. */
export interface PhotographAugmentation {
  /** Mirrored left to right in half of the cases. */
  readonly flip: boolean;
  /** Enlarged by up to this factor, at a random place. 1: not at all. DeOldify: 1.2 */
  readonly zoom: number;
  /** How far brightness and contrast vary, 0 to 1; 0: not at all. DeOldify: 0.5 */
  readonly lighting: number;
  /** Seen from a slant: how far the sides stretch or shrink, in halves of the side. Default: not at all. DeOldify: 0.25 */
  readonly warp?: number;
}

/** DeOldify's, without its perspective warp, which costs more than all the rest. */
export const photographChanges: PhotographAugmentation = { flip: true, zoom: 1.2, lighting: 0.5 };

/** A photograph as it is trained on, changed at random. */
export function augmented(photograph: Image, augmentation: PhotographAugmentation, random: Random): Image {
  const { flip, zoom, lighting, warp = 0 } = augmentation;
  const { width, height } = photograph;
  const scale = 1 / random.uniform(1, zoom);
  const size = { width: Math.round(width * scale), height: Math.round(height * scale) };
  const left = Math.round(random.float() * (width - size.width));
  const top = Math.round(random.float() * (height - size.height));
  const mirrored = random.float() < 0.5 && flip;
  const light = lightTable(lighting, random);
  const data = new Uint8Array(size.width * size.height * 3);
  for (let y = 0, to = 0; y < size.height; y++) {
    const row = (top + y) * width + left;
    for (let x = 0; x < size.width; x++, to += 3) {
      const from = 3 * (row + (mirrored ? size.width - 1 - x : x));
      for (let c = 0; c < 3; c++) data[to + c] = light[photograph.data[from + c]!]!;
    }
  }
  const changed: Image = { ...size, channels: 3, data };
  return warp === 0 ? changed : warped(changed, drawWarp(warp, random.fork('warp')));
}

/**
 * Brightness and contrast, as fastai varies them (`rand_bright` and `contrast`): added to and multiplied with the
 * logarithm of the odds of a sample, so that black and white stay.
 */
function lightTable(lighting: number, random: Random): Uint8Array {
  const brightness = 0.5 + 0.5 * random.uniform(-lighting, lighting);
  const shift = Math.log(brightness / (1 - brightness));
  const contrast = Math.exp(random.uniform(Math.log(1 - lighting), -Math.log(1 - lighting)));
  return Uint8Array.from({ length: 256 }, (_, level) => {
    const share = level / 255;
    // Black and white have odds of 0 and infinity, which stay.
    const odds = (Math.log(share / (1 - share)) + shift) * contrast;
    return Math.round(255 / (1 + Math.exp(-odds)));
  });
}

/** Writes the gray levels of a photograph, stretched to a square of this side, as a network sees it; returns that square. */
export function writeGray(photograph: Image, side: number, into: Uint8Array): Image {
  const square = resize(photograph, side);
  for (let i = 0, from = 0; i < into.length; i++, from += 3) {
    into[i] = luma(square.data[from]!, square.data[from + 1]!, square.data[from + 2]!);
  }
  return square;
}

/** Writes red, green and blue of a picture in ImageNet's units, one channel after another. */
export function writeTarget({ data }: Image, into: Float32Array): void {
  const area = data.length / 3;
  for (let channel = 0; channel < 3; channel++) {
    const [mean, deviation] = [imagenet.mean[channel]!, imagenet.deviation[channel]!];
    for (let i = 0; i < area; i++) into[channel * area + i] = (data[3 * i + channel]! / 255 - mean) / deviation;
  }
}

/**
 * U and V of a picture at the size of a network's answer: means over squares of {@link answerScale} pixels a side, in
 * gray levels.
 *
 * @param put is given each place, row after row, and its colour
 */
export function eachChroma({ width, height, data }: Image, put: (place: number, u: number, v: number) => void): void {
  const [columns, rows] = [width / answerScale, height / answerScale];
  const count = answerScale ** 2;
  for (let row = 0, place = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++, place++) {
      let [red, green, blue] = [0, 0, 0];
      for (let y = row * answerScale; y < (row + 1) * answerScale; y++) {
        const end = 3 * (y * width + (column + 1) * answerScale);
        for (let at = 3 * (y * width + column * answerScale); at < end; at += 3) {
          red += data[at]!;
          green += data[at + 1]!;
          blue += data[at + 2]!;
        }
      }
      const y = 0.299 * red + 0.587 * green + 0.114 * blue;
      put(place, (0.492 * (blue - y)) / count, (0.877 * (red - y)) / count);
    }
  }
}
