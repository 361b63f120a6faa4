import type { ExampleSource } from '../training/types.js';

/** Examples held in memory as arrays. */
export interface ArrayExamples {
  /** Channels, height, width. */
  readonly shape: readonly [channels: number, height: number, width: number];
  /** uint8 pixels of all examples in NCHW order. */
  readonly pixels: Uint8Array;
  /** Targets of all examples, `targetSize` each; zeros where predictions need none. */
  readonly targets?: ArrayLike<number>;
  /** Floats in one target. Default: 1. */
  readonly targetSize?: number;
  /** Weight of each example in the loss. Default: 1. */
  readonly weights?: ArrayLike<number>;
}

/**
 * Examples that lie in memory as one array.
 *
 * @example
 * const source = arraySource({ shape: [1, 2, 2], pixels: new Uint8Array([0, 0, 0, 0, 255, 255, 255, 255]), targets: [0, 1] });
 * @throws RangeError when the arrays' lengths do not go together
 */
export function arraySource({ shape, pixels, targets, targetSize = 1, weights }: ArrayExamples): ExampleSource {
  const size = shape[0] * shape[1] * shape[2];
  const count = pixels.length / size;
  if (!Number.isInteger(count))
    throw new RangeError(`${pixels.length} pixels are no whole number of [${shape}] images.`);
  if (targets !== undefined && targets.length !== count * targetSize)
    throw new RangeError(`${count} examples need ${count * targetSize} targets, not ${targets.length}.`);
  if (weights !== undefined && weights.length !== count)
    throw new RangeError(`${count} examples need as many weights, not ${weights.length}.`);
  return {
    count,
    shape,
    targetSize,
    read: (indices, into) => {
      for (const [place, index] of indices.entries()) {
        into.pixels.set(pixels.subarray(index * size, (index + 1) * size), place * size);
        into.weights[place] = weights?.[index] ?? 1;
        for (let k = 0; k < targetSize; k++) {
          into.targets[place * targetSize + k] = targets?.[index * targetSize + k] ?? 0;
        }
      }
    },
  };
}
