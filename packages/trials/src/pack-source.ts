import type { ExampleSource } from '@chromaray/engine';
import type { PixelPack } from '@chromaray/imaging';

/**
 * A pack of images with labels, as the trainer reads it.
 *
 * @param labels 1 for positive, 0 for negative, in the pack's order
 * @param weights of an example of each class in the loss
 */
export function packSource(
  pack: PixelPack,
  labels: Uint8Array,
  weights: { readonly positive: number; readonly negative: number },
): ExampleSource {
  const [, height, width, channels] = pack.shape;
  const imageBytes = channels * height * width;
  const interleaved = channels === 1 ? undefined : new Uint8Array(imageBytes);
  return {
    count: labels.length,
    shape: [channels, height, width],
    targetSize: 1,
    read(indices, into) {
      for (let i = 0; i < indices.length; i++) {
        const row = indices[i]!;
        const label = labels[row]!;
        into.targets[i] = label;
        into.weights[i] = label === 1 ? weights.positive : weights.negative;
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
