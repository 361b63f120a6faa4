import { performance } from 'node:perf_hooks';
import { type AdamRequest, adamRates, ownNumbers } from './adam-numbers.js';
import { groupMemory, type Update } from './optimizer-state.js';

/** Numbers of one step on one group. */
interface StepNumbers {
  readonly rate: number;
  /** `1 - beta1` and `1 - beta2`. */
  readonly share: number;
  readonly squareShare: number;
  readonly epsilon: number;
  readonly decay: number;
  readonly twiceL2: number;
}

/** Adam and AdamW in one pass of ours over weights, gradients and slots, computed in float64 and stored in float32. */
export function adamLoop({ specification, numbers, groups, state, options }: AdamRequest): Update {
  const { weights, gradients, slots } = state;
  const { beta1, beta2, epsilon } = numbers;
  const own = groups.map((group) => ({
    tensors: [
      ...[groupMemory(group, weights), groupMemory(group, gradients)],
      ...[groupMemory(group, slots, '/mean'), groupMemory(group, slots, '/square')],
    ] as const,
    ...ownNumbers(specification, group),
  }));
  return {
    async run(learningRate, step) {
      const { rate, decay } = adamRates(numbers, learningRate, step);
      const begun = performance.now();
      for (const { tensors, factor, twiceL2 } of own) {
        const shares = { share: 1 - beta1, squareShare: 1 - beta2, epsilon };
        adamStep(...(tensors as Four), { rate: rate * factor, decay: decay * factor, twiceL2, ...shares });
      }
      options.onKernel?.('Adam', (performance.now() - begun) / 1000);
    },
    async release() {},
  };
}

type Four = readonly [weights: Float32Array, gradients: Float32Array, means: Float32Array, squares: Float32Array];

/** A function of its own, which the compiler optimises as such. */
function adamStep(
  weights: Float32Array,
  gradients: Float32Array,
  means: Float32Array,
  squares: Float32Array,
  { rate, share, squareShare, epsilon, decay, twiceL2 }: StepNumbers,
): void {
  for (let i = 0; i < weights.length; i++) {
    const weight = weights[i]!;
    const gradient = gradients[i]! + twiceL2 * weight;
    const oldMean = means[i]!;
    const oldSquare = squares[i]!;
    const mean = oldMean + (gradient - oldMean) * share;
    const square = oldSquare + (gradient * gradient - oldSquare) * squareShare;
    means[i] = mean;
    squares[i] = square;
    weights[i] = weight - decay * weight - (mean * rate) / (Math.sqrt(square) + epsilon);
  }
}
