import { GraphBuilder } from '../../../builder/builder.js';
import { foldConstants } from '../../../builder/fold-constants.js';
import type { Graph, GraphNode } from '../../../graph/types.js';
import type { DropoutMask } from '../../../training/forward/dropout.js';
import type { BackendOptions } from '../../backend.js';
import { kernels } from '../kernels/registry.js';
import type { NativeType } from '../native/constants.js';
import type { Library } from '../native/library.js';
import { Scope, Unimplemented } from '../native/scope.js';
import type { Program } from '../plan/program.js';
import { floatsOf, ProgramBuilder } from '../plan/program-builder.js';
import type { Value } from '../plan/value.js';
import { Compilation } from './compilation.js';
import { Fallbacks, type PixelSource } from './fallback.js';
import { findMasks } from './masks.js';
import { PixelMaps, writePixels } from './pixel-map.js';

/** What makes a graph of static shapes into a program. */
export interface CompileRequest {
  readonly library: Library;
  readonly graph: Graph;
  readonly opset: number;
  readonly outputs: readonly string[];
  readonly activations: NativeType;
  /** Tensors that live outside the program, by name; `fixed` ones are read again after `invalidate` only. */
  readonly tensors: ReadonlyMap<string, { readonly memory: Uint8Array; readonly dims: readonly number[] }>;
  readonly fixedTensors: boolean;
  /** float32 inputs beside the pixels, and where the numbers of the current run are. */
  readonly floatInputs?: ReadonlyMap<string, () => Float32Array>;
  readonly options: BackendOptions;
  /** For a training step. */
  readonly training?: TrainingRequest;
}

export interface TrainingRequest {
  readonly masks: readonly DropoutMask[];
  readonly fillMask: (mask: DropoutMask, into: Uint8Array) => void;
  /** The values that the loss is taken on; they are among the outputs. */
  readonly values: readonly string[];
  /** Computed values that no gradient passes. */
  readonly constants?: readonly string[];
  /** Memory to write gradients to, by tensor or computed value, in row-major order. */
  readonly gradients: ReadonlyMap<string, Uint8Array>;
  /** Called between forward and backward pass: reads the outputs, writes the gradient of each of `values`. */
  readonly loss: (outputs: NamedFloats, gradients: NamedFloats) => Promise<void>;
}

/** Numbers in row-major order, by the names of values. */
export type NamedFloats = ReadonlyMap<string, Float32Array>;

/** A graph that can be run. */
export interface CompiledGraph {
  readonly program: Program;
  readonly outputs: ReadonlyMap<string, Float32Array>;
  /** Runs on these pixels, exactly as many as the graph was compiled for. */
  run(pixels: Uint8Array | Float32Array): Promise<void>;
  /** Runs and gives the milliseconds by label. */
  profile(pixels: Uint8Array | Float32Array): Promise<ReadonlyMap<string, number>>;
  /** Moves running statistics. */
  afterStep(): void;
  release(): Promise<void>;
}

/** Compiles a graph for oneDNN: layouts, memory and everything native are ready when this ends. */
export async function compile(request: CompileRequest): Promise<CompiledGraph> {
  const scope = new Scope(request.library);
  let fallbacks: Fallbacks | undefined;
  try {
    const program = new ProgramBuilder(scope);
    const graph = foldConstants(request.graph, request.opset);
    const c = compilationOf(request, graph, scope, program);
    const { pixels, maps } = pixelsOf(graph);
    fallbacks = new Fallbacks(c, pixels, request.options);
    emitFloatInputs(request, graph, c, program, pixels);
    emitForward({ request, graph, c, program, pixels, maps, fallbacks });

    const outputs = new Map<string, Value>();
    for (const name of request.outputs) {
      const value = c.value(name);
      const kept = program.value(value.dims, 'float32', scope.plain(value.dims), { kept: true });
      program.copy(value, kept);
      outputs.set(name, kept);
    }
    if (request.training !== undefined) emitTraining(c, program, request.training, outputs);
    const built = program.build(request.options.onKernel);
    await fallbacks.open();
    const opened = fallbacks;
    return {
      program: built,
      outputs: new Map([...outputs].map(([name, value]) => [name, floatsOf(value)])),
      run: async (data) => {
        pixels.current = data;
        await built.run();
      },
      profile: (data) => {
        pixels.current = data;
        return built.profile();
      },
      afterStep: () => {
        for (const act of c.afterStep) act();
      },
      release: async () => {
        await opened.release();
        scope.release();
      },
    };
  } catch (error) {
    await fallbacks?.release();
    scope.release();
    throw error;
  }
}

function compilationOf(request: CompileRequest, graph: Graph, scope: Scope, program: ProgramBuilder): Compilation {
  const types = GraphBuilder.from(graph, request.opset);
  const tensor = (dims: readonly number[], memory: Uint8Array, fixed: boolean) =>
    program.value(dims, 'float32', scope.plain(dims), { memory, fixed });
  const given = [...request.tensors].map(
    ([name, { memory, dims }]) => [name, tensor(dims, memory, request.fixedTensors)] as const,
  );
  const gradients = [...(request.training?.gradients ?? [])].map(
    ([name, memory]) => [name, tensor(types.shape(name), memory, false)] as const,
  );
  return new Compilation({
    scope,
    program,
    graph,
    types,
    opset: request.opset,
    outputs: request.outputs,
    constants: request.training?.constants ?? [],
    given: new Map(given),
    gradients: new Map(gradients),
    activations: request.activations,
    layoutsOfTraining: request.tensors.size > 0,
  });
}

/** The model's pictures: bytes, whose first steps become tables, or floats, which are a value like others. */
function pixelsOf(graph: Graph): { readonly pixels: PixelSource; readonly maps: PixelMaps } {
  const input = graph.inputs.find(({ name }) => !graph.initializers.has(name) && !name.startsWith('step/'))!;
  const shape = input.shape as readonly number[];
  const areBytes = input.dtype === 'uint8';
  return {
    pixels: { name: input.name, areBytes, shape, current: new Uint8Array(0) },
    maps: new PixelMaps(input.name, areBytes ? shape[1]! : 0, (name) => graph.initializers.get(name)),
  };
}

function emitFloatInputs(
  { floatInputs = new Map() }: CompileRequest,
  graph: Graph,
  c: Compilation,
  program: ProgramBuilder,
  pixels: PixelSource,
): void {
  const all = new Map(floatInputs);
  if (!pixels.areBytes) all.set(pixels.name, () => pixels.current as Float32Array);
  const used = new Set([...graph.nodes.flatMap(({ inputs }) => inputs), ...graph.outputs.map(({ name }) => name)]);
  for (const [name, read] of all) {
    if (!used.has(name)) continue;
    const dims = c.dims(name);
    const value = program.value(dims, 'float32', c.scope.plain(dims));
    program.host('input', [value], () => {
      const into = floatsOf(value);
      into.set(read().subarray(0, into.length));
    });
    c.define(name, value);
  }
}

interface Emission {
  readonly request: CompileRequest;
  readonly graph: Graph;
  readonly c: Compilation;
  readonly program: ProgramBuilder;
  readonly pixels: PixelSource;
  readonly maps: PixelMaps;
  readonly fallbacks: Fallbacks;
}

function emitForward(emission: Emission): void {
  const { request, graph, c, maps, fallbacks } = emission;
  const { skipped } = emitMasks(emission);
  const given = new Set(request.tensors.keys());
  const rest = graph.nodes.filter(
    (node) => !skipped.has(node) && !(node.inputs.every((name) => !given.has(name)) && maps.follow(node)),
  );
  emitPixels(emission, rest);
  for (let i = 0; i < rest.length; ) {
    const reason = attempt(rest[i]!, c);
    if (reason === undefined) {
      i++;
      continue;
    }
    let end = i + 1;
    while (end < rest.length && !canBeTried(rest[end]!, c)) end++;
    fallbacks.add(rest.slice(i, end), reason);
    i = end;
  }
}

/** Compiles a node; says why it cannot be. */
function attempt(node: GraphNode, c: Compilation): string | undefined {
  const kernel = canBeTried(node, c) ? kernels[node.opType] : undefined;
  if (kernel === undefined) return 'there is no such primitive';
  try {
    return kernel(node, c) ? undefined : 'the primitive has no such form';
  } catch (error) {
    if (error instanceof Unimplemented) return `${error.message} is not implemented for this form`;
    throw error;
  }
}

function canBeTried(node: GraphNode, c: Compilation): boolean {
  return (
    node.opType in kernels &&
    ['', 'ai.onnx'].includes(node.domain) &&
    c.isFloat(node.inputs[0]!) &&
    c.isFloat(node.outputs[0]!)
  );
}

function emitMasks({ request, graph, c, program }: Emission) {
  const { training } = request;
  const { used, skipped } = findMasks(graph, training?.masks ?? []);
  for (const { mask, name, scale, target } of used) {
    const dims = c.dims(target);
    const value = program.value(dims, 'uint8', c.scope.plain(dims, 'uint8'));
    const draws = mask.shape.reduce((a, b) => a * b, 1);
    const each = dims.reduce((a, b) => a * b, 1) / draws;
    const drawn = each === 1 ? undefined : new Uint8Array(draws);
    program.host('dropout mask', [value], () => {
      const into = value.storage.memory!;
      training!.fillMask(mask, drawn ?? into);
      drawn?.forEach((kept, channel) => {
        into.fill(kept, channel * each, (channel + 1) * each);
      });
    });
    c.defineMask(name, { value, scale });
  }
  return { skipped };
}

/** Writes those functions of single pixels that somebody needs. */
function emitPixels({ graph, c, program, pixels, maps }: Emission, rest: readonly GraphNode[]): void {
  const needed = new Set([...rest.flatMap(({ inputs }) => inputs), ...graph.outputs.map(({ name }) => name)]);
  const [count, channels, ...area] = pixels.shape as [number, number, ...number[]];
  const shape = { count, channels, area: area.reduce((a, b) => a * b, 1) };
  for (const name of needed) {
    const map = maps.get(name);
    if (map === undefined || !c.isFloat(name)) continue;
    const dims = c.dims(name);
    const value = program.value(dims, 'float32', c.scope.plain(dims));
    program.host('pixels', [value], () => writePixels(map, pixels.current as Uint8Array, shape, floatsOf(value)));
    c.define(name, value);
  }
}

function emitTraining(
  c: Compilation,
  program: ProgramBuilder,
  training: TrainingRequest,
  outputs: ReadonlyMap<string, Value>,
): void {
  const gradients = new Map(
    training.values.map((name) => {
      const { dims } = outputs.get(name)!;
      return [name, program.value(dims, 'float32', c.scope.plain(dims))] as const;
    }),
  );
  let named: { readonly outputs: NamedFloats; readonly gradients: NamedFloats } | undefined;
  const floats = (values: ReadonlyMap<string, Value>): NamedFloats =>
    new Map([...values].map(([name, value]) => [name, floatsOf(value)]));
  program.host('loss', [...outputs.values(), ...gradients.values()], () => {
    named ??= { outputs: floats(outputs), gradients: floats(gradients) };
    return training.loss(named.outputs, named.gradients);
  });
  for (const [name, gradient] of gradients) c.addGradient(name, gradient);
  c.emitBackward();
}
