import { Random } from '@chromaray/base';
import type { ExampleSource } from '@chromaray/engine';
import { type GrayImage, resize } from '@chromaray/imaging';
import type { ColourLoss } from '../network/colorizer-network.js';
import { answerScale } from '../network/colour-unet.js';
import type { PhotographStore } from '../photographs/store.js';
import type { BinEncoder } from './bins.js';
import { augmented, eachChroma, type PhotographAugmentation, writeGray, writeTarget } from './example.js';

export interface PhotographSourceOptions {
  readonly store: PhotographStore;
  /** Positions in the store. */
  readonly photographs: readonly number[];
  /** Side of the examples in pixels. */
  readonly side: number;
  readonly encoder: BinEncoder;
  readonly loss: ColourLoss;
  /** Left out: photographs as they are. */
  readonly augmentation?: PhotographAugmentation;
  readonly seed: number | string;
  /** Gray pictures to be answered after the photographs, without weight: their colours are not known. */
  readonly further?: readonly GrayImage[];
}

/** Photographs as examples: gray pixels in, colours out, each changed anew in every epoch, by the seed alone. */
export function photographSource(options: PhotographSourceOptions): ExampleSource {
  const { store, photographs, side, encoder, loss, augmentation, further = [] } = options;
  const random = new Random(options.seed).fork('augmentation');
  const places = loss === 'pixels' ? side ** 2 : (side / answerScale) ** 2;
  const numbers = { classes: encoder.bins.centres.length, l1: 2, pixels: 3 }[loss];
  const count = photographs.length + further.length;
  return {
    count,
    shape: [1, side, side],
    targetSize: numbers * places,
    read(indices, { pixels, targets, weights }, { epoch }) {
      targets.fill(0);
      indices.forEach((index, i) => {
        const gray = pixels.subarray(i * side * side, (i + 1) * side * side);
        // The mean over all examples is then that over the photographs.
        weights[i] = count / photographs.length;
        if (index >= photographs.length) {
          weights[i] = 0;
          gray.set(resize(further[index - photographs.length]!, side).data);
          return;
        }
        const photograph = store.read(photographs[index]!);
        const changed = augmentation ? augmented(photograph, augmentation, random.fork(epoch).fork(index)) : photograph;
        const square = writeGray(changed, side, gray);
        const target = targets.subarray(i * numbers * places, (i + 1) * numbers * places);
        if (loss === 'pixels') {
          writeTarget(square, target);
          return;
        }
        eachChroma(square, (place, u, v) => {
          if (loss === 'classes') return encoder.encode(u, v, target, place, places);
          target[place] = u;
          target[places + place] = v;
        });
      });
    },
  };
}
