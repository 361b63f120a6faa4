import type { ElementLoss } from '../loss/types.js';
import type { Optimizer } from '../types.js';

/** What test/reference/keras_training.py records. */
export interface KerasFixture {
  readonly optimizers: readonly {
    readonly name: string;
    readonly optimizer: Optimizer;
    readonly rates: readonly number[];
    readonly start: readonly number[];
    readonly gradients: readonly (readonly number[])[];
    readonly weights: readonly (readonly number[])[];
  }[];
  readonly constraints: readonly {
    readonly name: string;
    readonly spec: {
      readonly kind: 'unit-norm' | 'min-max-norm';
      readonly kerasAxes: readonly (0 | 1 | 2 | 3)[];
      readonly min?: number;
      readonly max?: number;
      readonly rate?: number;
    };
    readonly dims: readonly number[];
    readonly weight: readonly number[];
    readonly projected: readonly number[];
  }[];
  readonly losses: readonly {
    readonly name: string;
    readonly spec: ElementLoss;
    readonly examples: number;
    readonly logits: readonly number[];
    readonly targets: readonly number[];
    readonly weights: readonly number[];
    readonly loss: number;
    readonly gradient: readonly number[];
  }[];
  readonly clipping: readonly {
    readonly clipNorm: number;
    readonly gradients: readonly (readonly number[])[];
    readonly clipped: readonly (readonly number[])[];
  }[];
  readonly initializers: readonly {
    readonly name: 'he-normal' | 'he-uniform' | 'glorot-normal' | 'glorot-uniform';
    readonly dims: readonly number[];
    readonly deviation: number;
    readonly largest: number;
  }[];
  readonly parameters: Readonly<Record<string, number>>;
}
