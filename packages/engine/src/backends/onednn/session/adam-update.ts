import { performance } from 'node:perf_hooks';
import { optimizerRule } from '../../../training/step/optimizers.js';
import type { Optimizer } from '../../../training/types.js';
import type { BackendOptions, TrainingSpecification } from '../../backend.js';
import { TensorBlock } from './state-memory.js';
import type { Update } from './update.js';

type Adam = Extract<Optimizer, { kind: 'adam' | 'adamw' }>;

/** Numbers of one step on one tensor. */
interface AdamNumbers {
  /** The learning rate with both bias corrections. */
  readonly rate: number;
  /** `1 - beta1` and `1 - beta2`. */
  readonly share: number;
  readonly squareShare: number;
  readonly epsilon: number;
  /** Share of the weight that AdamW takes off first. */
  readonly decay: number;
  /** The gradient of L2 is this times the weight. */
  readonly twiceL2: number;
}

/** True where each element is updated by itself: nothing is clipped by a norm over all, or projected. */
export function isElementwiseAdam({ optimizer, clipNorm, model }: TrainingSpecification): boolean {
  return optimizer.kind !== 'sgd' && clipNorm === undefined && model.constraints.size === 0;
}

/**
 * Adam and AdamW in one pass over weights, gradients and slots. As a graph of elementwise operations it is a dozen passes over
 * memory, which is what an update of millions of weights costs. Computed in float64 and stored in float32, with the
 * definitions of `Optimizer`; each element by itself, so that the bits do not depend on threads.
 */
export class AdamUpdate implements Update {
  readonly slots: TensorBlock;

  constructor(
    private readonly specification: TrainingSpecification,
    private readonly weights: TensorBlock,
    private readonly gradients: TensorBlock,
    private readonly options: BackendOptions,
  ) {
    const { trainable } = specification.model;
    const names = trainable.flatMap((name) =>
      optimizerRule(specification.optimizer).slots.map((slot) => [`${name}/${slot}`, weights.get(name).dims] as const),
    );
    this.slots = new TensorBlock(new Map(names));
  }

  copySlots(): ReadonlyMap<string, Float32Array> {
    return this.slots.copy();
  }

  async run(learningRate: number, step: number): Promise<void> {
    const { model, learningRateFactors } = this.specification;
    const optimizer = this.specification.optimizer as Adam;
    const { beta1 = 0.9, beta2 = 0.999, epsilon = 1e-7 } = optimizer;
    const weightDecay = optimizer.kind === 'adamw' ? (optimizer.weightDecay ?? 0.004) : 0;
    const corrected = (learningRate * Math.sqrt(1 - beta2 ** step)) / (1 - beta1 ** step);
    const begun = performance.now();
    for (const name of model.trainable) {
      const factor = learningRateFactors?.get(name) ?? 1;
      adamStep(
        this.weights.get(name).floats,
        this.gradients.get(name).floats,
        this.slots.get(`${name}/mean`).floats,
        this.slots.get(`${name}/square`).floats,
        {
          ...{ rate: corrected * factor, share: 1 - beta1, squareShare: 1 - beta2, epsilon },
          ...{ decay: learningRate * weightDecay * factor, twiceL2: 2 * (model.l2.get(name) ?? 0) },
        },
      );
    }
    this.options.onKernel?.('update', (performance.now() - begun) / 1000);
  }

  async release(): Promise<void> {}
}

/** A function of its own, which the compiler optimises as such. */
function adamStep(
  weights: Float32Array,
  gradients: Float32Array,
  means: Float32Array,
  squares: Float32Array,
  { rate, share, squareShare, epsilon, decay, twiceL2 }: AdamNumbers,
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
