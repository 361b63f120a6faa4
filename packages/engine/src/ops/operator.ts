import type { GraphWriter } from '../graph/graph-writer.js';
import type { Dim, GraphNode, Tensor, ValueType } from '../graph/types.js';
import type { SmallTensor } from './small-tensor.js';

/** What an operator's shape rule may ask about its node. */
export interface ShapeContext {
  readonly node: GraphNode;
  readonly opset: number;
  /** Type of input `i`; undefined for an optional input left out. */
  inputs: readonly (ValueType | undefined)[];
  /** Value of input `i` when it is a constant (needed by Reshape, Slice, Pad, Resize …). */
  constant(i: number): Tensor | undefined;
  /** Elements of input `i` when it holds sizes that are known, in part by name only (`batch`); undefined otherwise. */
  sizes(i: number): readonly Dim[] | undefined;
}

/** What an operator's folding rule may ask. */
export interface FoldContext {
  readonly node: GraphNode;
  /** Types of the inputs; undefined for those left out. */
  readonly types: readonly (ValueType | undefined)[];
  /** The inputs; undefined for those left out, and for those of which nothing is known. */
  readonly values: readonly (SmallTensor | undefined)[];
  readonly output: ValueType & { readonly shape: readonly number[] };
}

/** What an operator's gradient rule may ask, and where it writes the nodes of the backward pass. */
export interface GradientContext {
  readonly node: GraphNode;
  readonly opset: number;
  /** Receives the backward nodes; shapes of all values are known and static here. */
  readonly builder: GraphWriter;
  /** Name of input `i`, `''` when left out. */
  input(i: number): string;
  output(i: number): string;
  /** Gradient of the loss with respect to output `i`; undefined when nothing depends on it. */
  outputGradient(i: number): string | undefined;
  /** True when the gradient with respect to input `i` is wanted; rules skip the work otherwise. */
  wants(i: number): boolean;
  shape(value: string): readonly number[];
  type(value: string): ValueType;
  constant(i: number): Tensor | undefined;
}

/**
 * One ONNX operator: what it makes of shapes, and how gradients flow back through it. Each is in a
 * file of its own under `ops/` and is found through the registry.
 */
export interface Operator {
  readonly opType: string;
  readonly domain?: string;
  /** Types of the outputs. Throws `CHROMARAY_GRAPH_SHAPE` (through `shapeError`) when inputs do not fit. */
  infer(context: ShapeContext): readonly ValueType[];
  /**
   * The elements of the only output, in row-major order, for nodes whose inputs are all small constants or sizes, so that shapes
   * computed inside a graph (`Shape`, `Gather`, `Concat` before a `Reshape`) are known before anything runs, also
   * while some of the sizes are known by name only. Undefined when nothing is known of them.
   */
  fold?(context: FoldContext): readonly Dim[] | undefined;
  /**
   * Adds backward nodes and returns, for each input, the name of its gradient, or undefined where there is
   * none (integer inputs, unwanted ones). Absent for operators that cannot be differentiated.
   */
  gradient?(context: GradientContext): readonly (string | undefined)[];
}
