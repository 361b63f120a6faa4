import { debuglog } from 'node:util';
import { ChromarayError } from '@chromaray/base';
import { GraphBuilder } from '../../../builder/builder.js';
import { differentiate } from '../../../differentiate/differentiate.js';
import type { GraphNode, Model } from '../../../graph/types.js';
import type { BackendOptions } from '../../backend.js';
import { graphModel } from '../../onnxruntime/graph-model.js';
import { createOrtSession, type OrtSession, type OrtTensor, wrap } from '../../onnxruntime/ort.js';
import { floatsOf } from '../plan/program-builder.js';
import type { Value } from '../plan/value.js';
import type { Compilation } from './compilation.js';

const debug = debuglog('chromaray');

/** The pixels of the current run, for nodes that take them as bytes. */
export interface PixelSource {
  readonly name: string;
  /** Or floats, which nodes take as they take any value. */
  readonly areBytes: boolean;
  readonly shape: readonly number[];
  current: Uint8Array | Float32Array;
}

/** ONNX Runtime sessions that a program calls; ready once `open` has ended. */
export class Fallbacks {
  private readonly models: { readonly model: Model; readonly opened: (session: OrtSession) => void }[] = [];
  private readonly sessions: OrtSession[] = [];

  constructor(
    private readonly c: Compilation,
    private readonly pixels: PixelSource,
    private readonly options: BackendOptions,
  ) {}

  /**
   * Runs nodes, one behind the other in the graph, with ONNX Runtime: forward as one graph, backward as
   * the gradient of that graph.
   */
  add(wanted: readonly GraphNode[], reason: string): void {
    const { c } = this;
    debug(
      'onednn leaves %s to onnxruntime: %s',
      wanted.map(({ opType, name }) => `${opType} "${name}"`).join(),
      reason,
    );
    const nodes = this.withWholeNumbers(wanted);
    const made = new Set(nodes.flatMap(({ outputs }) => outputs));
    const taken = [...new Set(nodes.flatMap(({ inputs }) => inputs))].filter(
      (name) =>
        name !== '' && !made.has(name) && !this.isBytes(name) && (c.constant(name) === undefined || c.wants(name)),
    );
    const given = wanted
      .flatMap(({ outputs }) => outputs)
      .filter(
        (name) =>
          name !== '' &&
          c.isFloat(name) &&
          (c.isOutput(name) || c.consumers(name).some((node) => !wanted.includes(node))),
      );
    for (const name of taken) if (!c.isFloat(name)) throw notFloat(name, wanted[0]!);

    const inputs = new Map(taken.map((name) => [name, c.program.plain(c.value(name))]));
    const outputs = this.session(`forward of ${nodes[0]!.opType}`, nodes, inputs, () => given);
    for (const [name, value] of outputs) c.define(name, value);

    c.onBackward(() => {
      const upstream = new Map<string, Value>();
      const gradients = new Map<string, string>();
      for (const name of given) {
        const dy = c.gradient(name);
        if (dy === undefined) continue;
        gradients.set(name, `gradient/${name}`);
        upstream.set(`gradient/${name}`, c.program.plain(dy));
      }
      const wrt = taken.filter((name) => c.wants(name));
      if (gradients.size === 0 || wrt.length === 0) return;
      let found = new Map<string, string>();
      const known = new Map([...inputs, ...upstream]);
      const results = this.session(`gradient of ${nodes[0]!.opType}`, nodes, known, (builder) => {
        found = differentiate(builder, { gradients, wrt, constants: c.constants });
        // A gradient that is passed on as it came is no output of the graph.
        return [...new Set(found.values())].filter((gradient) => !known.has(gradient));
      });
      for (const [name, gradient] of found) c.addGradient(name, results.get(gradient) ?? known.get(gradient)!);
    });
  }

  /**
   * The nodes, and before them those that make indices and conditions for them: such values are no tensors of oneDNN,
   * so each graph that needs them computes them anew.
   */
  private withWholeNumbers(nodes: readonly GraphNode[]): readonly GraphNode[] {
    const { c } = this;
    const needed = new Set(nodes);
    const need = (name: string): void => {
      if (name === '' || this.isBytes(name) || c.constant(name) !== undefined || c.isFloat(name)) return;
      const maker = c.producer(name);
      if (maker === undefined || needed.has(maker)) return;
      needed.add(maker);
      maker.inputs.forEach(need);
    };
    for (const node of nodes) node.inputs.forEach(need);
    return needed.size === nodes.length ? nodes : c.inOrder(needed);
  }

  /** True for the pixels where they are bytes, which are no tensor of oneDNN. */
  private isBytes(name: string): boolean {
    return this.pixels.areBytes && name === this.pixels.name;
  }

  /** Creates the sessions. */
  async open(): Promise<void> {
    for (const { model, opened } of this.models.splice(0)) {
      // One thread: a pool of ONNX Runtime's own would compete with oneDNN's.
      const session = await createOrtSession(model, { ...this.options, threads: 1 });
      this.sessions.push(session);
      opened(session);
    }
  }

  async release(): Promise<void> {
    for (const session of this.sessions.splice(0)) await session.release();
  }

  /** Emits the run of a graph of nodes; returns its outputs. */
  private session(
    label: string,
    nodes: readonly GraphNode[],
    inputs: ReadonlyMap<string, Value>,
    extend: (builder: GraphBuilder) => readonly string[],
  ): ReadonlyMap<string, Value> {
    const { c, pixels } = this;
    const builder = new GraphBuilder(label, c.opset);
    const takesPixels = nodes.some((node) => node.inputs.some((name) => this.isBytes(name)));
    if (takesPixels) builder.input(pixels.name, 'uint8', pixels.shape);
    for (const [name, { dims }] of inputs) builder.input(name, 'float32', dims);
    const made = new Set(nodes.flatMap(({ outputs }) => outputs));
    for (const name of new Set(nodes.flatMap((node) => node.inputs))) {
      const constant = inputs.has(name) || made.has(name) ? undefined : c.constant(name);
      if (constant !== undefined) builder.constant(name, constant);
    }
    for (const node of nodes) builder.append(node);
    const results = extend(builder);
    if (results.length === 0) return new Map();
    for (const name of results) builder.output(name);
    const outputs = new Map(
      results.map((name) => {
        const dims = builder.shape(name);
        return [name, c.program.value(dims, 'float32', c.scope.plain(dims))] as const;
      }),
    );
    let session: OrtSession | undefined;
    const tensors = (values: ReadonlyMap<string, Value>): Record<string, OrtTensor> =>
      Object.fromEntries([...values].map(([name, value]) => [name, wrap('float32', floatsOf(value), value.dims)]));
    const graph = builder.build();
    this.models.push({
      model: graphModel(graph, c.opset),
      opened: (opened) => {
        session = opened;
      },
    });
    let feeds: Record<string, OrtTensor> | undefined;
    let fetches: Record<string, OrtTensor> | undefined;
    c.program.host(`onnxruntime: ${label}`, [...inputs.values(), ...outputs.values()], async () => {
      const used = graph.inputs.map(({ name }) => name);
      feeds ??= tensors(new Map([...inputs].filter(([name]) => used.includes(name))));
      fetches ??= tensors(outputs);
      if (takesPixels) feeds[pixels.name] = wrap('uint8', pixels.current, pixels.shape);
      await session!.run(feeds, fetches);
    });
    return outputs;
  }
}

function notFloat(name: string, node: GraphNode): ChromarayError {
  return new ChromarayError({
    code: 'CHROMARAY_ONEDNN_MODEL',
    message: `oneDNN cannot run this model: the value "${name}" at ${node.opType} node "${node.name}" is not float32.`,
    remedy: 'Use the backend onnxruntime for this model.',
    details: { value: name, node: node.name },
  });
}
