import type { NativeType, VersionNumbers } from './constants.js';
import type { Descriptor, Operation } from './operation.js';
import type { Pointer, Symbols } from './symbols.js';

/** What the two major versions do differently. */
export interface VersionedInterface {
  readonly numbers: VersionNumbers;
  /** Functions this version needs beside the common ones. */
  readonly prototypes: readonly string[];
  /** A descriptor by strides, or with a layout left to the primitive. */
  describe(
    symbols: Symbols,
    dims: readonly number[],
    type: NativeType,
    strides: readonly number[] | 'any',
  ): OwnedDescriptor;
  /** A part of a tensor. */
  describePart(
    symbols: Symbols,
    whole: Descriptor,
    dims: readonly number[],
    offsets: readonly number[],
  ): OwnedDescriptor;
  /** Appends an elementwise function to post-operations. */
  appendEltwise(symbols: Symbols, list: bigint, algorithm: number, alpha: number, beta: number): number;
  /** Appends the addition of what lies in the destination. */
  appendSum(symbols: Symbols, list: bigint, scale: number): number;
  /** Makes a primitive descriptor; returns oneDNN's status. */
  createDescription(
    symbols: Symbols,
    into: BigUint64Array,
    operation: Exclude<Operation, { kind: 'reorder' }>,
    engine: bigint,
    attributes: Pointer,
  ): number;
}

/** A descriptor together with what keeps it alive. */
export interface OwnedDescriptor {
  readonly status: number;
  readonly descriptor: Descriptor;
  /** Memory of ours that must live as long. */
  readonly memory?: Uint8Array;
  destroy(): void;
}
