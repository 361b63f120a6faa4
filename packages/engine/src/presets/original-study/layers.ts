import type { Initializer } from '../../layers/initializers.js';
import type { Constraint } from '../../training/types.js';

/** A convolution, ReLU and 2x2 max pooling; the unit the original study's networks are made of. */
export interface ConvolutionUnit {
  readonly filters: number;
  readonly kernel: number;
  readonly l2?: number;
  readonly initializer?: Initializer;
  readonly constraint?: Constraint;
  /** Dropout after the pooling. */
  readonly dropout?: number;
}

/** One network of the original study. */
export interface StudyNetwork {
  readonly name: string;
  readonly description: string;
  readonly convolutions: readonly ConvolutionUnit[];
  readonly dense: { readonly units: number; readonly l2?: number; readonly dropout?: number };
  /** Its mistake: a softmax over one unit, which is 1 whatever the network says. */
  readonly softmaxOnOneUnit?: boolean;
  /** What the study fed it with. */
  readonly size: number;
  readonly channels: 1 | 3;
}

export function unit(
  filters: number,
  kernel: number,
  extra: Omit<ConvolutionUnit, 'filters' | 'kernel'> = {},
): ConvolutionUnit {
  return { filters, kernel, ...extra };
}
