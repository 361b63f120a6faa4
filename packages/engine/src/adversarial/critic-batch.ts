import type { StepInput } from '../backends/backend.js';
import type { ShownAs } from '../training/loss/types.js';

/** What a critic learns from: real pictures, then made ones, as it is shown them. */
export type CriticBatch = Pick<StepInput, 'pixels' | 'targets' | 'weights' | 'count'>;

/** Memory for the batches of a critic: as many real pictures as made ones. */
export class CriticBatches {
  private readonly pixels: Float32Array;
  private readonly targets: Float32Array;
  private readonly weights: Float32Array;

  /**
   * @param dims - channels, height, width
   * @param logits - numbers that the critic gives of one picture
   */
  constructor(
    private readonly dims: readonly [channels: number, height: number, width: number],
    private readonly logits: number,
    batch: number,
    private readonly shownAs: ShownAs | undefined,
  ) {
    const size = dims[0] * dims[1] * dims[2];
    this.pixels = new Float32Array(2 * batch * size);
    this.targets = new Float32Array(2 * batch * logits);
    this.weights = new Float32Array(2 * batch);
  }

  /** @param weights - of the examples, which both pictures of each have */
  fill(real: Float32Array, made: Float32Array, weights: Float32Array, count: number): CriticBatch {
    const [channels, height, width] = this.dims;
    const size = channels * height * width;
    this.show(real.subarray(0, count * size), 0);
    this.show(made.subarray(0, count * size), count * size);
    this.targets.fill(1, 0, count * this.logits).fill(0, count * this.logits);
    this.weights.set(weights.subarray(0, count));
    this.weights.set(weights.subarray(0, count), count);
    return { pixels: this.pixels, targets: this.targets, weights: this.weights, count: 2 * count };
  }

  private show(pictures: Float32Array, at: number): void {
    if (this.shownAs === undefined) {
      this.pixels.set(pictures, at);
      return;
    }
    const [channels, height, width] = this.dims;
    const area = height * width;
    const { scale, shift } = this.shownAs;
    for (let from = 0; from < pictures.length; from += area) {
      const channel = (from / area) % channels;
      const [factor, offset] = [scale, shift].map((of) => (typeof of === 'number' ? of : of[channel]!)) as [
        number,
        number,
      ];
      for (let i = from; i < from + area; i++) this.pixels[at + i] = factor * pictures[i]! + offset;
    }
  }
}

/** Pictures that a critic told rightly: real ones by a mean logit above 0, made ones by one that is not. */
export function toldRightly(logits: Float32Array, count: number): number {
  const each = logits.length / count;
  let right = 0;
  for (let i = 0; i < count; i++) {
    let sum = 0;
    for (let k = 0; k < each; k++) sum += logits[i * each + k]!;
    if (sum > 0 === i < count / 2) right++;
  }
  return right;
}
