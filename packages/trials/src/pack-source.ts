import type { ExampleSource } from '@chromaray/engine';
import type { PixelPack } from '@chromaray/imaging';

/**
 * A pack of images with labels, as the trainer reads it.
 *
 * @param labels index of each image's class, in the pack's order; of two classes 1 for positive, 0 for negative
 * @param weights of an example of each class in the loss; of more than two, targets are as many numbers, of which one is 1
 */
export function packSource(pack: PixelPack, labels: Uint8Array, weights: readonly number[]): ExampleSource {
  const targetSize = weights.length > 2 ? weights.length : 1;
  const [, height, width, channels] = pack.shape;
  const imageBytes = channels * height * width;
  const interleaved = channels === 1 ? undefined : new Uint8Array(imageBytes);
  return {
    count: labels.length,
    shape: [channels, height, width],
    targetSize,
    read(indices, into) {
      for (let i = 0; i < indices.length; i++) {
        const row = indices[i]!;
        const label = labels[row]!;
        if (targetSize === 1) into.targets[i] = label;
        else for (let k = 0; k < targetSize; k++) into.targets[i * targetSize + k] = Number(k === label);
        into.weights[i] = weights[label]!;
        if (interleaved === undefined) {
          pack.read(row, into.pixels, i * imageBytes);
        } else {
          pack.read(row, interleaved, 0);
          separateChannels(interleaved, channels, into.pixels.subarray(i * imageBytes, (i + 1) * imageBytes));
        }
      }
    },
  };
}

/** Interleaved (HWC) to planar (CHW). */
function separateChannels(interleaved: Uint8Array, channels: number, planar: Uint8Array): void {
  const plane = planar.length / channels;
  for (let channel = 0; channel < channels; channel++) {
    for (let i = 0; i < plane; i++) planar[channel * plane + i] = interleaved[i * channels + channel]!;
  }
}
