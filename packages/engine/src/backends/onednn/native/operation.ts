import type { binaries, EltwiseAlgorithm, poolings } from './constants.js';

/** Address of a native memory descriptor: sizes, element type and layout of a tensor. */
export type Descriptor = bigint;

/** Address of a native primitive descriptor: an operation with all its layouts chosen. */
export type Description = bigint;

/** How a window moves, one entry an axis; `dilations` as ONNX counts them, 1 for none. */
export interface Movement {
  readonly strides: readonly number[];
  readonly dilations: readonly number[];
  readonly padBegin: readonly number[];
  readonly padEnd: readonly number[];
}

/** What a backward operation belongs to. */
export interface Backward {
  readonly forward: Description;
}

/** An operation as both versions of the interface can make it; named as in oneDNN's documentation. */
export type Operation =
  | ({
      readonly kind: 'convolution';
      readonly training: boolean;
      readonly source: Descriptor;
      readonly weights: Descriptor;
      readonly bias?: Descriptor | undefined;
      readonly destination: Descriptor;
    } & Movement)
  | ({
      readonly kind: 'convolution-input-gradient' | 'convolution-weight-gradient';
      readonly source: Descriptor;
      readonly weights: Descriptor;
      readonly bias?: Descriptor | undefined;
      readonly destination: Descriptor;
    } & Movement &
      Backward)
  | {
      readonly kind: 'inner-product';
      readonly training: boolean;
      readonly source: Descriptor;
      readonly weights: Descriptor;
      readonly bias?: Descriptor | undefined;
      readonly destination: Descriptor;
    }
  | ({
      readonly kind: 'inner-product-input-gradient' | 'inner-product-weight-gradient';
      readonly source: Descriptor;
      readonly weights: Descriptor;
      readonly bias?: Descriptor | undefined;
      readonly destination: Descriptor;
    } & Backward)
  | ({
      readonly kind: 'pooling';
      readonly training: boolean;
      readonly algorithm: keyof typeof poolings;
      readonly source: Descriptor;
      readonly destination: Descriptor;
      readonly kernel: readonly number[];
    } & Movement)
  | ({
      readonly kind: 'pooling-gradient';
      readonly algorithm: keyof typeof poolings;
      readonly source: Descriptor;
      readonly destination: Descriptor;
      readonly kernel: readonly number[];
    } & Movement &
      Backward)
  | {
      readonly kind: 'eltwise';
      readonly training: boolean;
      readonly algorithm: EltwiseAlgorithm;
      readonly alpha: number;
      readonly beta: number;
      readonly data: Descriptor;
    }
  | ({
      readonly kind: 'eltwise-gradient';
      readonly algorithm: EltwiseAlgorithm;
      readonly alpha: number;
      readonly beta: number;
      readonly data: Descriptor;
    } & Backward)
  | {
      readonly kind: 'batch-normalization';
      readonly training: boolean;
      readonly source: Descriptor;
      readonly epsilon: number;
      readonly globalStatistics: boolean;
      readonly relu: boolean;
    }
  | ({
      readonly kind: 'batch-normalization-gradient';
      readonly source: Descriptor;
      readonly epsilon: number;
      readonly globalStatistics: boolean;
      readonly relu: boolean;
    } & Backward)
  | {
      readonly kind: 'binary';
      readonly algorithm: keyof typeof binaries;
      readonly first: Descriptor;
      readonly second: Descriptor;
      readonly destination: Descriptor;
    }
  | { readonly kind: 'reorder'; readonly source: Descriptor; readonly destination: Descriptor };

/** An elementwise function of each result before it is written. */
export interface EltwisePost {
  readonly algorithm: EltwiseAlgorithm;
  readonly alpha: number;
  readonly beta: number;
}

/** What lies in the destination, times this, is added to each result. */
export interface SumPost {
  readonly algorithm: 'sum';
  readonly scale: number;
}

export type PostOperation = EltwisePost | SumPost;
