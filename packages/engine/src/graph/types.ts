/**
 * The one representation of a model: an ONNX graph in memory. There is no layer format above it and
 * no execution format below it; what is built, differentiated, trained, saved and loaded is this.
 */

/** Element types the engine can hold. Arithmetic in graphs is float32 unless a node casts. */
export type DType =
  | 'float32'
  | 'float64'
  | 'float16'
  | 'bfloat16'
  | 'int8'
  | 'uint8'
  | 'int16'
  | 'uint16'
  | 'int32'
  | 'uint32'
  | 'int64'
  | 'uint64'
  | 'bool';

/** float16 and bfloat16 are held as their 16 bits; bool as 0 or 1. */
export type TensorData =
  | Float32Array
  | Float64Array
  | Int8Array
  | Uint8Array
  | Int16Array
  | Uint16Array
  | Int32Array
  | Uint32Array
  | BigInt64Array
  | BigUint64Array;

/** A constant: weights, tables, shapes. `data` is in row-major order, `dims` has no unknowns. */
export interface Tensor {
  readonly dtype: DType;
  readonly dims: readonly number[];
  readonly data: TensorData;
}

/** A known size, or the name of one that is bound later (`'batch'`). */
export type Dim = number | string;
/** Sizes of a value, outermost first; empty for a scalar. */
export type Shape = readonly Dim[];

/** What is known of a value before anything runs. */
export interface ValueType {
  readonly dtype: DType;
  readonly shape: Shape;
}

export interface ValueInfo extends ValueType {
  readonly name: string;
}

/** The value of a node attribute, as read from a file. */
export type Attribute = number | bigint | string | Tensor | readonly number[] | readonly string[] | readonly bigint[];

/**
 * Attribute values as JavaScript has them. ONNX distinguishes int and float; a number alone does not, so floats
 * are wrapped where the distinction matters on writing: `{ float: 1 }`.
 */
export type AttributeValue = Attribute | { readonly float: number } | { readonly floats: readonly number[] };
/** Attributes of a node by name. */
export type Attributes = Readonly<Record<string, AttributeValue>>;

/** One operation of a graph. */
export interface GraphNode {
  /** ONNX operator, for example `Conv`. */
  readonly opType: string;
  /** `''` for the standard operators, `com.microsoft` for ONNX Runtime's. */
  readonly domain: string;
  readonly name: string;
  /** An empty name is an optional input left out. */
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  readonly attributes: Attributes;
}

/** Inputs, constants, nodes and outputs of a network. */
export interface Graph {
  readonly name: string;
  readonly inputs: readonly ValueInfo[];
  readonly outputs: readonly ValueInfo[];
  /** Constants by name, in order of definition. Trainable tensors are among them; see `training`. */
  readonly initializers: ReadonlyMap<string, Tensor>;
  /** In an order in which each node comes after those that make its inputs. */
  readonly nodes: readonly GraphNode[];
}

/** A graph with what its file says about it: operator sets, producer and metadata. */
export interface Model {
  readonly graph: Graph;
  /** Operator set version by domain. */
  readonly opsets: ReadonlyMap<string, number>;
  readonly irVersion: number;
  readonly producer: string;
  /** ONNX `metadata_props`: free text by key, written by us for `predict` (classes, threshold, notice). */
  readonly metadata: ReadonlyMap<string, string>;
}
