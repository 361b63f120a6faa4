import type { Initializer } from '../../layers/initializers.js';

/** Elementwise functions by name; as `torch.nn` has them, with its defaults. */
export type ActivationName =
  | 'relu'
  | 'leaky-relu'
  | 'elu'
  | 'gelu'
  | 'silu'
  | 'hard-swish'
  | 'mish'
  | 'softplus'
  | 'tanh'
  | 'sigmoid';

/** What layers with weights share. */
interface Weighted {
  /** Default: true. */
  readonly bias?: boolean;
  /** Default: `he-normal` of a convolution, `glorot-uniform` of a dense layer. */
  readonly initializer?: Extract<Initializer, string>;
  /** L2 strength on the weights, not on the biases. */
  readonly l2?: number;
  /** Keras's `UnitNorm()` or `MinMaxNorm(min, max)` with its default axis: a kernel's height, or a dense layer's inputs. */
  readonly constraint?: 'unit-norm' | { readonly minNorm: number; readonly maxNorm: number };
}

/** One layer of a network that a study describes itself. Maps are [channels, height, width], features a list of numbers. */
export type Layer = PlainLayer | ResidualLayer;

/** A layer that holds no others. */
export type PlainLayer =
  | (Weighted & {
      readonly layer: 'conv';
      readonly filters: number;
      /** Pixels a side. Default: 3. */
      readonly kernel?: number;
      /** Default: 1. */
      readonly stride?: number;
      /** Pixels on every side; `same`: what keeps the size at stride 1, for odd kernels; `valid`: 0. Default: `same`. */
      readonly padding?: 'same' | 'valid' | number;
      /** Default: 1. */
      readonly dilation?: number;
      /** Default: 1. */
      readonly groups?: number;
    })
  | {
      readonly layer: 'norm';
      /** `layer`: over the channels of each place; `group`: over groups of channels and all places. Default: `batch`. */
      readonly kind?: 'batch' | 'layer' | 'group';
      /** For `group`. Default: 8. */
      readonly groups?: number;
    }
  | { readonly layer: 'activation'; readonly kind: ActivationName }
  | {
      readonly layer: 'pool';
      /** Default: `max`. */
      readonly kind?: 'max' | 'average' | 'global-average' | 'global-max';
      /** Pixels a side. Default: 2. */
      readonly size?: number;
      /** Default: the size. */
      readonly stride?: number;
      /** Pixels on every side, which a mean does not count. Default: 0. */
      readonly padding?: number;
    }
  | { readonly layer: 'dropout'; readonly rate: number }
  | (Weighted & { readonly layer: 'dense'; readonly units: number })
  | { readonly layer: 'flatten' };

/**
 * What came in, added to what its layers make of it. Where the two differ in shape, what came in passes a convolution of
 * 1 x 1 first, with the stride that is needed (of features: a dense layer).
 */
export interface ResidualLayer {
  readonly layer: 'residual';
  readonly layers: readonly PlainLayer[];
}
