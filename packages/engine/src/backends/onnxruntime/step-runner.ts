import type { Model } from '../../graph/types.js';
import { buildStepGraph, type StepGraph } from '../../training/step/step-graph.js';
import type { BackendOptions, StepInput, StepOutput, TrainingSpecification } from '../backend.js';
import { fillDropoutMask } from './dropout-masks.js';
import type { HeldMemory } from './held-memory.js';
import { notFiniteError } from './not-finite.js';
import { createOrtSession, type OrtSession, type OrtTensor, wrap } from './ort.js';
import { debuggedPlacement, logPlacement, type PlacementRecorder } from './placement.js';
import { allTensors, type StateMemory } from './state-memory.js';

/**
 * The level above `extended` lays convolutions of constant weights out in blocks. In a training step only the
 * backward pass has such, between values that are not in blocks: 5 % slower on `gray-final`, and 250 MB more.
 */
const stepOptions = { graphOptimizationLevel: 'extended' } as const;

/**
 * The training step for one exact number of examples: an ONNX Runtime session of static shapes and every
 * buffer it needs, so that a step allocates no arrays. The last, smaller batch of an epoch has a runner of its
 * own on the same state.
 */
export class StepRunner {
  private readonly feeds: Record<string, OrtTensor> = {};
  private readonly fetches: Record<string, OrtTensor | null> = {};
  private readonly masks: readonly Uint8Array[];

  private constructor(
    private readonly graph: StepGraph,
    private readonly session: OrtSession,
    private readonly specification: TrainingSpecification,
    private readonly memory: StateMemory,
    private readonly held: HeldMemory,
    private readonly options: BackendOptions,
    private placement: PlacementRecorder | undefined,
    count: number,
  ) {
    this.fetches[graph.loss] = wrap('float32', new Float32Array(1), []);
    this.fetches[graph.penalty] = wrap('float32', new Float32Array(1), []);
    const terms = elementCount(graph.model, graph.terms);
    this.fetches[graph.terms] = wrap('float32', new Float32Array(terms), [terms]);
    this.fetches[graph.logits] = wrap('float32', new Float32Array(count * graph.classes), graph.logitsDims);
    this.masks = graph.masks.map(({ input, shape }) => {
      const mask = new Uint8Array(shape.reduce((a, b) => a * b, 1));
      this.feeds[input] = wrap('uint8', mask, shape);
      return mask;
    });
  }

  /** @param graph the step for `count` examples, when the caller has built it already */
  static async create(
    specification: TrainingSpecification,
    memory: StateMemory,
    held: HeldMemory,
    options: BackendOptions,
    count: number,
    graph: StepGraph = buildStepGraph(specification, count),
  ): Promise<StepRunner> {
    const placement = debuggedPlacement(options.provider ?? 'cpu');
    const onDevice = allTensors(graph).filter(({ name }) => memory.target(name) === null);
    try {
      const session = await createOrtSession(graph.model, options, {
        ...stepOptions,
        ...placement?.sessionOptions,
        ...(onDevice.length === 0
          ? {}
          : { preferredOutputLocation: Object.fromEntries(onDevice.map(({ output }) => [output, 'gpu-buffer'])) }),
      });
      return new StepRunner(graph, session, specification, memory, held, options, placement, count);
    } catch (error) {
      placement?.discard();
      throw error;
    }
  }

  async run(input: StepInput): Promise<StepOutput> {
    const { graph, memory } = this;
    this.feed(input);
    // Where the state is on a device, ONNX Runtime makes all outputs anew, these four among them.
    const results = (await this.session.run(this.feeds, this.fetches)) as Record<string, OrtTensor>;
    this.logPlacement();
    const [loss, penalty, terms, logits] = [graph.loss, graph.penalty, graph.terms, graph.logits].map(
      (name) => results[name]!.data as Float32Array,
    );
    if (!Number.isFinite(loss![0]!)) {
      memory.discard(results);
      throw await notFiniteError(graph, await this.readableFeeds(), this.options, input.step);
    }
    memory.renew(results);
    return { loss: loss![0]!, penalty: penalty![0]!, terms: terms!, logits: logits! };
  }

  async release(): Promise<void> {
    this.placement?.discard();
    await this.session.release();
  }

  private logPlacement(): void {
    if (this.placement === undefined) return;
    logPlacement(this.graph.model.graph.name, this.placement.finish(this.session));
    this.placement = undefined;
  }

  /** What the step was fed, all of it in main memory. */
  private async readableFeeds(): Promise<Readonly<Record<string, OrtTensor>>> {
    const { weights, slots } = await this.memory.copy();
    const state = allTensors(this.graph).map(
      ({ name, input, dims }) => [input, wrap('float32', (weights.get(name) ?? slots.get(name))!, dims)] as const,
    );
    return { ...this.feeds, ...Object.fromEntries(state) };
  }

  private feed(input: StepInput): void {
    const { graph, feeds, fetches, memory } = this;
    const [channels, height, width] = pixelShape(this.specification);
    const size = channels * height * width;
    const { count } = input;
    feeds[graph.pixels] = wrapPixels(exactly(input.pixels, count * size), [count, channels, height, width]);
    feeds[graph.targets] = wrap('float32', exactly(input.targets, count * graph.classes), [count, graph.classes]);
    feeds[graph.weights] = wrap('float32', exactly(input.weights, count), [count]);
    for (const [name, value] of Object.entries(graph.scalarsAt(input.learningRate, input.step))) {
      feeds[name] = wrap('float32', Float32Array.of(value), []);
    }
    graph.masks.forEach((mask, i) => {
      fillDropoutMask(this.masks[i]!, mask, this.specification.seed, input.step);
    });
    for (const { name, input: read } of graph.held) feeds[read] = this.held.get(name);
    for (const { name, input: read, output } of allTensors(graph)) {
      feeds[read] = memory.current(name);
      fetches[output] = memory.target(name);
    }
  }
}

/** Pixels as a tensor, of bytes or of floats. */
export function wrapPixels(pixels: Uint8Array | Float32Array, dims: readonly number[]): OrtTensor {
  return wrap(pixels instanceof Float32Array ? 'float32' : 'uint8', pixels, dims);
}

function elementCount({ graph }: Model, output: string): number {
  const { shape } = graph.outputs.find(({ name }) => name === output)!;
  return shape.reduce<number>((product, dim) => product * Number(dim), 1);
}

/** Channels, height and width of a model's pixels. */
export function pixelShape({ model }: TrainingSpecification): readonly [number, number, number] {
  const { graph } = model.model;
  const pixels = graph.inputs.find((input) => !graph.initializers.has(input.name))!;
  return pixels.shape.slice(1) as unknown as readonly [number, number, number];
}

/** The first `length` elements without a copy. */
export function exactly<T extends Uint8Array | Float32Array>(data: T, length: number): T {
  if (data.length < length) throw new RangeError(`A step was given ${data.length} values where it needs ${length}.`);
  return (data.length === length ? data : data.subarray(0, length)) as T;
}
