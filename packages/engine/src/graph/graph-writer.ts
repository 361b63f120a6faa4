import type { Attributes, DType, GraphNode, Shape, Tensor, ValueType } from './types.js';

/** What a new node may be given besides operator, inputs and attributes. */
export interface NodeOptions {
  readonly domain?: string;
  readonly name?: string;
  /** Names of the outputs, when they must be known outside; otherwise they are made from the hint. */
  readonly outputs?: readonly string[];
  /** How many outputs the node has; Default: 1. */
  readonly outputCount?: number;
}

/**
 * What rules that add nodes may ask of the graph they write into: gradients, lowerings, losses and optimizers know
 * this, and not the builder behind it, which needs the operators that these rules belong to.
 */
export interface GraphWriter {
  readonly name: string;
  readonly opset: number;
  /** Declares an input of the graph and returns its name. */
  input(name: string, dtype: DType, shape: Shape): string;
  /** Adds a constant under exactly this name. */
  constant(name: string, tensor: Tensor): string;
  /** A float32 scalar or vector constant; equal ones are stored once. */
  floats(values: number | readonly number[], dims?: readonly number[]): string;
  /** A scalar constant of any element type; equal ones are stored once. */
  scalar(dtype: DType, value: number): string;
  /** An int64 scalar or vector constant (shapes, axes, slices); equal ones are stored once. */
  ints(values: number | readonly number[], dims?: readonly number[]): string;
  /** Adds a node with one output and returns the output's name. */
  node(opType: string, inputs: readonly string[], attributes?: Attributes, options?: NodeOptions): string;
  /** Adds a node with any number of outputs and returns their names. */
  nodeMany(
    opType: string,
    inputs: readonly string[],
    attributes?: Attributes,
    options?: NodeOptions,
  ): readonly string[];
  /** Adds a node as it is, after inferring the types of its outputs. */
  append(node: GraphNode): void;
  /** Declares a value as an output of the graph and returns its name. */
  output(value: string): string;
  /** A name that nothing in this graph has yet. */
  unique(hint: string): string;
  /** True when the graph has an input, constant or computed value of this name. */
  has(value: string): boolean;
  /** Element type and shape of a value. */
  type(value: string): ValueType;
  /** The shape of a value whose sizes are all known. */
  shape(value: string): readonly number[];
  /** The value of a constant, or of a small integer tensor computed from constants and known shapes. */
  constantValue(value: string): Tensor | undefined;
  /** The nodes so far, in order. */
  nodeList(): readonly GraphNode[];
}
