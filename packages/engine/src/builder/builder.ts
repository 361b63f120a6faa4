import { isFloat } from '../graph/dtype.js';
import { graphError } from '../graph/errors.js';
import type { GraphWriter, NodeOptions } from '../graph/graph-writer.js';
import { elementCount, tensorOf, tensorValues } from '../graph/tensor.js';
import type {
  Attributes,
  Dim,
  DType,
  Graph,
  GraphNode,
  Shape,
  Tensor,
  TensorData,
  ValueInfo,
  ValueType,
} from '../graph/types.js';
import type { Operator } from '../ops/operator.js';
import { findOperator } from '../ops/registry.js';
import type { SmallTensor } from '../ops/small-tensor.js';
import { constantTensor } from '../ops/tensor/layout/constant.js';

/** Shapes and axes are short, and so are factors between shapes; longer constants are data, on which no shape depends. */
function largestFoldable(dtype: DType): number {
  return isFloat(dtype) ? 8 : 64;
}

/**
 * Builds an ONNX graph node by node. The type of every value is inferred as it is added, so that a
 * mistake is reported where it is made, and so that gradient rules can ask for shapes.
 *
 * Values are known by name. Names are unique; `unique('hint')` makes one.
 *
 * @example
 * const builder = new GraphBuilder('classifier', 17);
 * const x = builder.input('pixels', 'float32', ['batch', 1, 64, 64]);
 * const w = builder.constant('weight', floats([32, 1, 3, 3], data));
 * const y = builder.node('Relu', [builder.node('Conv', [x, w])]);
 * builder.output(y);
 * const graph = builder.build();
 */
export class GraphBuilder implements GraphWriter {
  private readonly inputs: ValueInfo[] = [];
  private readonly outputs: ValueInfo[] = [];
  private readonly initializers = new Map<string, Tensor>();
  private readonly nodes: GraphNode[] = [];
  private readonly nodeNames = new Set<string>();
  private readonly types = new Map<string, ValueType>();
  private readonly counters = new Map<string, number>();
  private readonly shared = new Map<string, string>();
  private readonly folded = new Map<string, readonly Dim[]>();

  constructor(
    readonly name: string,
    readonly opset: number,
  ) {}

  /** A builder that starts with everything a graph has and may add to it. */
  static from(graph: Graph, opset: number): GraphBuilder {
    const builder = new GraphBuilder(graph.name, opset);
    for (const { name, dtype, shape } of graph.inputs)
      if (!graph.initializers.has(name)) builder.input(name, dtype, shape);
    for (const [name, tensor] of graph.initializers) builder.constant(name, tensor);
    for (const node of graph.nodes) builder.append(node);
    for (const output of graph.outputs) builder.output(output.name);
    return builder;
  }

  /** Declares an input of the graph and returns its name. */
  input(name: string, dtype: DType, shape: Shape): string {
    this.define(name, { dtype, shape });
    this.inputs.push({ name, dtype, shape });
    return name;
  }

  /** Adds a constant under exactly this name. */
  constant(name: string, tensor: Tensor): string {
    this.define(name, { dtype: tensor.dtype, shape: tensor.dims });
    this.initializers.set(name, tensor);
    return name;
  }

  /** A float32 scalar or vector constant; equal ones are stored once. */
  floats(values: number | readonly number[], dims?: readonly number[]): string {
    const list = typeof values === 'number' ? [values] : values;
    return this.small('float32', new Float32Array(list), dims ?? (typeof values === 'number' ? [] : [list.length]));
  }

  /** A scalar constant of any element type; equal ones are stored once. */
  scalar(dtype: DType, value: number): string {
    return this.small(dtype, tensorOf(dtype, [], [value]).data, []);
  }

  /** An int64 scalar or vector constant (shapes, axes, slices); equal ones are stored once. */
  ints(values: number | readonly number[], dims?: readonly number[]): string {
    const list = typeof values === 'number' ? [values] : values;
    const data = new BigInt64Array(list.map((value) => BigInt(value)));
    return this.small('int64', data, dims ?? (typeof values === 'number' ? [] : [list.length]));
  }

  /** Adds a node with one output and returns the output's name. */
  node(opType: string, inputs: readonly string[], attributes: Attributes = {}, options: NodeOptions = {}): string {
    return this.nodeMany(opType, inputs, attributes, options)[0]!;
  }

  /** Adds a node with any number of outputs and returns their names. */
  nodeMany(
    opType: string,
    inputs: readonly string[],
    attributes: Attributes = {},
    options: NodeOptions = {},
  ): readonly string[] {
    const name = options.name ?? this.unique(opType);
    const outputs =
      options.outputs ??
      Array.from({ length: options.outputCount ?? 1 }, (_, i) =>
        this.unique(i === 0 ? `${name}_out` : `${name}_out${i}`),
      );
    this.append({ opType, domain: options.domain ?? '', name, inputs, outputs, attributes });
    return outputs;
  }

  /** Adds a node as it is, after inferring the types of its outputs. */
  append(node: GraphNode): void {
    if (node.opType === 'Constant' && node.domain === '') {
      this.constant(node.outputs[0]!, constantTensor(node));
      return;
    }
    const operator = findOperator(node.opType, node.domain, node.name);
    const types = this.infer(operator, node);
    node.outputs.forEach((output, i) => {
      if (output === '') return;
      const type = types[i];
      if (type === undefined) throw graphError(node, `has no output ${i}`);
      this.define(output, type);
    });
    this.nodes.push(node);
    this.nodeNames.add(node.name);
    this.fold(operator, node);
  }

  /** Declares a value as an output of the graph and returns its name. */
  output(value: string): string {
    this.outputs.push({ name: value, ...this.type(value) });
    return value;
  }

  /** A name that nothing in this graph has yet. */
  unique(hint: string): string {
    for (;;) {
      const count = this.counters.get(hint) ?? 0;
      this.counters.set(hint, count + 1);
      const name = count === 0 ? hint : `${hint}_${count}`;
      if (!this.types.has(name) && !this.nodeNames.has(name)) return name;
    }
  }

  /** True when the graph has an input, constant or computed value of this name. */
  has(value: string): boolean {
    return this.types.has(value);
  }

  /** Element type and shape of a value. */
  type(value: string): ValueType {
    const type = this.types.get(value);
    if (type === undefined) throw new RangeError(`The graph ${this.name} has no value named "${value}".`);
    return type;
  }

  /** The shape of a value whose sizes are all known. */
  shape(value: string): readonly number[] {
    const { shape } = this.type(value);
    if (shape.some((dim) => typeof dim !== 'number')) {
      throw new RangeError(`The shape of "${value}" is not known in full: [${shape.join(', ')}].`);
    }
    return shape as readonly number[];
  }

  /**
   * The value of a constant, or of a small tensor computed from constants and known shapes; undefined for anything
   * else.
   */
  constantValue(value: string): Tensor | undefined {
    const known = this.initializers.get(value);
    const folded = known === undefined ? this.folded.get(value) : undefined;
    if (folded === undefined) return known;
    const { dtype, shape } = this.type(value);
    const isKnown = folded.every((element) => typeof element === 'number');
    return isKnown ? tensorOf(dtype, shape as readonly number[], folded as readonly number[]) : undefined;
  }

  /**
   * The elements of a small integer tensor that is constant or computed from shapes, where sizes that are bound later
   * are names; undefined for anything else.
   */
  sizes(value: string): readonly Dim[] | undefined {
    return isFloat(this.type(value).dtype) ? undefined : this.smallElements(value);
  }

  /** The nodes so far, in order. Gradient rules that run meanwhile may add more; this list does not change. */
  nodeList(): readonly GraphNode[] {
    return [...this.nodes];
  }

  /** The graph as it is now, as an immutable value. */
  build(): Graph {
    return {
      name: this.name,
      inputs: [...this.inputs],
      outputs: [...this.outputs],
      initializers: new Map(this.initializers),
      nodes: [...this.nodes],
    };
  }

  private infer(operator: Operator, node: GraphNode): readonly ValueType[] {
    return operator.infer({
      node,
      opset: this.opset,
      inputs: node.inputs.map((input) => (input === '' ? undefined : this.type(input))),
      constant: (i) => {
        const input = node.inputs[i];
        return input === undefined || input === '' ? undefined : this.constantValue(input);
      },
      sizes: (i) => {
        const input = node.inputs[i];
        return input === undefined || input === '' ? undefined : this.sizes(input);
      },
    });
  }

  private fold(operator: Operator, node: GraphNode): void {
    const [name, ...others] = node.outputs;
    if (operator.fold === undefined || name === undefined || others.length > 0) return;
    const output = this.type(name);
    const limit = largestFoldable(output.dtype);
    const { dtype, shape } = output;
    if (!shape.every((dim) => typeof dim === 'number') || elementCount(shape) > limit) return;
    const values = operator.fold({
      node,
      output: { dtype, shape },
      types: node.inputs.map((input) => (input === '' ? undefined : this.type(input))),
      values: node.inputs.map((input) => this.smallTensor(input)),
    });
    if (values?.length === elementCount(shape)) this.folded.set(name, values);
  }

  private smallTensor(value: string): SmallTensor | undefined {
    const elements = this.smallElements(value);
    return elements && { dims: this.type(value).shape as readonly number[], elements };
  }

  private smallElements(value: string): readonly Dim[] | undefined {
    if (value === '') return undefined;
    const tensor = this.initializers.get(value);
    if (tensor === undefined) return this.folded.get(value);
    return tensor.data.length > largestFoldable(tensor.dtype) ? undefined : tensorValues(tensor);
  }

  private small(dtype: DType, data: TensorData, dims: readonly number[]): string {
    const key = `${dtype}[${dims.join()}](${data.join()})`;
    const known = this.shared.get(key);
    if (known !== undefined) return known;
    const name = this.constant(this.unique('constant'), { dtype, dims, data });
    this.shared.set(key, name);
    return name;
  }

  private define(name: string, type: ValueType): void {
    if (this.types.has(name)) throw new RangeError(`The graph ${this.name} already has a value named "${name}".`);
    this.types.set(name, type);
  }
}
