import type { Optimizer } from '../../../training/types.js';
import type { BackendOptions, TrainingSpecification } from '../../backend.js';
import type { Library } from '../native/library.js';
import type { OptimizerState } from './optimizer-state.js';
import type { UpdateGroup } from './update-groups.js';

/** Adam and AdamW, as `Optimizer` defines them. */
export interface AdamNumbers {
  readonly beta1: number;
  readonly beta2: number;
  readonly epsilon: number;
  /** 0 for Adam. */
  readonly weightDecay: number;
}

/** What an update by Adam is made of. */
export interface AdamRequest {
  readonly library: Library;
  readonly specification: TrainingSpecification;
  readonly numbers: AdamNumbers;
  /** Whose elements are each updated by itself. */
  readonly groups: readonly UpdateGroup[];
  readonly state: OptimizerState;
  readonly options: BackendOptions;
}

/** Undefined for other optimizers. */
export function adamNumbers(optimizer: Optimizer): AdamNumbers | undefined {
  if (optimizer.kind === 'sgd') return undefined;
  const { beta1 = 0.9, beta2 = 0.999, epsilon = 1e-7 } = optimizer;
  return { beta1, beta2, epsilon, weightDecay: optimizer.kind === 'adamw' ? (optimizer.weightDecay ?? 0.004) : 0 };
}

/** The learning rate with both bias corrections, and the share of a weight that AdamW takes off first. */
export function adamRates({ beta1, beta2, weightDecay }: AdamNumbers, learningRate: number, step: number) {
  return {
    rate: (learningRate * Math.sqrt(1 - beta2 ** step)) / (1 - beta1 ** step),
    decay: learningRate * weightDecay,
  };
}

/** What a group has of its own: the factor on its learning rate, and what times the weight is its L2 penalty's gradient. */
export function ownNumbers({ model, learningRateFactors }: TrainingSpecification, { tensors }: UpdateGroup) {
  const name = tensors[0]!;
  return { factor: learningRateFactors?.get(name) ?? 1, twiceL2: 2 * (model.l2.get(name) ?? 0) };
}
