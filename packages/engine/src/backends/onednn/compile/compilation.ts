import type { GraphWriter } from '../../../graph/graph-writer.js';
import type { Graph, GraphNode, Tensor } from '../../../graph/types.js';
import type { NativeType } from '../native/constants.js';
import type { Descriptor } from '../native/operation.js';
import type { Scope } from '../native/scope.js';
import type { ProgramBuilder } from '../plan/program-builder.js';
import type { Value } from '../plan/value.js';

/** What a graph is compiled with. */
export interface CompilationOptions {
  readonly scope: Scope;
  readonly program: ProgramBuilder;
  readonly graph: Graph;
  /** Shapes of everything in the graph. */
  readonly types: Pick<GraphWriter, 'type' | 'shape' | 'has' | 'constantValue'>;
  readonly opset: number;
  /** Values that must be at hand as float32 at the end. */
  readonly outputs: readonly string[];
  /** Computed values that no gradient passes. */
  readonly constants: readonly string[];
  /** Tensors by name that exist already: trained ones, running statistics. */
  readonly given: ReadonlyMap<string, Value>;
  /** Where gradients go, by tensor; those of other values are computed only as far as these need them. */
  readonly gradients: ReadonlyMap<string, Value>;
  /** Element type of activations and of the weights they meet. */
  readonly activations: NativeType;
  /**
   * Ask for the convolutions of a training step although nothing is differentiated. oneDNN chooses layouts for
   * prediction in which it has no fast batch normalisation; where that stays (its statistics still change), it costs
   * more than is won.
   */
  readonly layoutsOfTraining: boolean;
}

/** A dropout mask: bytes, 1 where an element is kept, and what is kept is multiplied by `scale`. */
export interface KeptElements {
  readonly value: Value;
  readonly scale: number;
}

/**
 * A graph on its way to a program. Kernels ask it for values and gradients, and hand it what they make; the
 * backward pass is the list of what they leave with `onBackward`, last first.
 */
export class Compilation {
  readonly scope: Scope;
  readonly program: ProgramBuilder;
  readonly opset: number;
  readonly training: boolean;
  readonly activations: NativeType;
  readonly layoutsOfTraining: boolean;
  private readonly values: Map<string, Value>;
  private readonly masks = new Map<string, KeptElements>();
  private readonly consumersOf = new Map<string, GraphNode[]>();
  private readonly reached: Set<string>;
  /** Values that depend on what a run is given, and not on tensors alone. */
  private readonly ofExamples: Set<string>;
  private readonly contributions = new Map<string, Value[]>();
  private readonly backward: (() => void)[] = [];
  /** Activations that the operation before them has applied already. */
  private readonly absorbed = new Map<GraphNode, 'forward' | 'both'>();
  /** Running statistics to be renewed after a step that went well. */
  readonly afterStep: (() => void)[] = [];

  constructor(private readonly options: CompilationOptions) {
    this.scope = options.scope;
    this.program = options.program;
    this.opset = options.opset;
    this.activations = options.activations;
    this.training = options.gradients.size > 0;
    this.layoutsOfTraining = this.training || options.layoutsOfTraining;
    this.values = new Map(options.given);
    this.reached = new Set(options.gradients.keys());
    const { inputs, initializers } = options.graph;
    this.ofExamples = new Set(
      inputs.map(({ name }) => name).filter((name) => !initializers.has(name) && !options.given.has(name)),
    );
    for (const node of options.graph.nodes) {
      if (node.inputs.some((input) => this.ofExamples.has(input))) {
        for (const output of node.outputs) this.ofExamples.add(output);
      }
      for (const input of new Set(node.inputs)) {
        const list = this.consumersOf.get(input) ?? [];
        this.consumersOf.set(input, list);
        list.push(node);
      }
      if (node.inputs.some((input) => this.reached.has(input))) {
        for (const output of node.outputs) if (!options.constants.includes(output)) this.reached.add(output);
      }
    }
  }

  dims(name: string): readonly number[] {
    return this.options.types.shape(name);
  }

  isFloat(name: string): boolean {
    return this.options.types.type(name).dtype === 'float32';
  }

  /** Also small ones that nodes compute from constants, such as the scales of a Resize. */
  constant(name: string): Tensor | undefined {
    return this.options.graph.initializers.get(name) ?? this.options.types.constantValue(name);
  }

  /** The elements of a small constant; undefined for anything computed. */
  numbers(name: string | undefined): readonly number[] | undefined {
    const tensor = name === undefined ? undefined : this.constant(name);
    return tensor === undefined ? undefined : Array.from(tensor.data as ArrayLike<number | bigint>, Number);
  }

  has(name: string): boolean {
    return this.values.has(name) || this.constant(name)?.dtype === 'float32';
  }

  /** A value that has been made, or a float32 constant of the graph. */
  value(name: string): Value {
    const known = this.values.get(name);
    if (known !== undefined) return known;
    const tensor = this.constant(name);
    if (tensor?.dtype !== 'float32') throw new RangeError(`Nothing has made the value "${name}".`);
    const memory = this.program.constant(tensor.dims, tensor.data as Float32Array);
    this.values.set(name, memory);
    return memory;
  }

  define(name: string, value: Value): void {
    this.values.set(name, value);
  }

  defineMask(name: string, mask: KeptElements): void {
    this.masks.set(name, mask);
  }

  mask(name: string): KeptElements | undefined {
    return this.masks.get(name);
  }

  /** Activations are of the program's type; what leaves the program is float32. */
  typeOf(name: string): NativeType {
    return this.options.outputs.includes(name) ? 'float32' : this.activations;
  }

  isOutput(name: string): boolean {
    return this.options.outputs.includes(name);
  }

  consumers(name: string): readonly GraphNode[] {
    return this.consumersOf.get(name) ?? [];
  }

  /** The node that makes a value. */
  producer(name: string): GraphNode | undefined {
    return this.options.graph.nodes.find(({ outputs }) => outputs.includes(name));
  }

  /** Some of the graph's nodes in its order. */
  inOrder(nodes: ReadonlySet<GraphNode>): readonly GraphNode[] {
    return this.options.graph.nodes.filter((node) => nodes.has(node));
  }

  absorb(node: GraphNode, passes: 'forward' | 'both'): void {
    this.absorbed.set(node, passes);
  }

  absorption(node: GraphNode): 'forward' | 'both' | undefined {
    return this.absorbed.get(node);
  }

  /** True for what is computed from tensors alone, such as a weight's norm, which is float32 in every precision. */
  isOfTensors(name: string): boolean {
    return !this.ofExamples.has(name);
  }

  /** Computed values that no gradient passes. */
  get constants(): readonly string[] {
    return this.options.constants;
  }

  /** True when the gradient with respect to a value is needed. */
  wants(name: string): boolean {
    return this.reached.has(name);
  }

  /** Adds to the backward pass of a node, whose gradients are asked for when its turn comes. */
  onBackward(run: () => void): void {
    if (this.training) this.backward.push(run);
  }

  /** Emits the backward pass, given the gradients of the graph's outputs, and brings gradients where they belong. */
  emitBackward(): void {
    for (const run of this.backward.splice(0).reverse()) run();
    for (const [name, target] of this.options.gradients) {
      const total = this.gradient(name);
      if (total !== undefined && total.storage !== target.storage) this.program.copy(total, target);
    }
  }

  /** The gradient with respect to a value, all contributions added up; undefined when nothing depends on it. */
  gradient(name: string): Value | undefined {
    const list = this.contributions.get(name);
    if (list === undefined) return undefined;
    while (list.length > 1) {
      const [first, second] = list.splice(0, 2) as [Value, Value];
      list.unshift(this.sum(first, this.program.convert(second, first.descriptor, first.type)));
    }
    return list[0];
  }

  /**
   * Hands in a gradient of a value.
   *
   * @param view - how the kernel that made it sees the value, when not with its own sizes in row-major order;
   *   float32
   */
  addGradient(name: string, gradient: Value, view?: Descriptor): void {
    const list = this.contributions.get(name) ?? [];
    this.contributions.set(name, list);
    list.push(view === undefined ? gradient : this.seenPlainly(name, gradient, view));
  }

  private seenPlainly(name: string, gradient: Value, view: Descriptor): Value {
    const dims = this.dims(name);
    const descriptor = this.scope.plain(dims);
    const target = this.options.gradients.get(name);
    if (target !== undefined && this.consumers(name).length === 1) {
      this.program.copy(gradient, { ...target, dims: gradient.dims, descriptor: view });
      return target;
    }
    const { storage } = this.program.convert(gradient, view, 'float32');
    return { dims, type: 'float32', descriptor, storage, fixed: false };
  }

  private sum(first: Value, second: Value): Value {
    const { descriptor, dims, type } = first;
    const result = this.program.value(dims, type, descriptor);
    const description = this.scope.describe({
      kind: 'binary',
      algorithm: 'add',
      first: descriptor,
      second: descriptor,
      destination: descriptor,
    });
    this.program.run('sum of gradients', description, { source: first, secondSource: second, destination: result });
    return result;
  }
}

/**
 * Compiles a node. Returns false, or throws `Unimplemented`, before it has emitted anything when it cannot;
 * the node is then run by ONNX Runtime.
 */
export type Kernel = (node: GraphNode, compilation: Compilation) => boolean;
