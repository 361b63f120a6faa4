import { buildStepGraph, type StepGraph } from '../../training/step/step-graph.js';
import type { BackendOptions, StepInput, StepOutput, TrainingSpecification } from '../backend.js';
import type { StateBuffers } from './buffers.js';
import { fillDropoutMask } from './dropout-masks.js';
import { notFiniteError } from './not-finite.js';
import { createOrtSession, type OrtSession, OrtTensor, wrap } from './ort.js';

type Feeds = Record<string, OrtTensor>;

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
  private readonly feeds: Feeds = {};
  private readonly fetches: Feeds = {};
  private readonly masks: readonly Uint8Array[];
  private readonly loss = new Float32Array(1);
  private readonly penalty = new Float32Array(1);
  private readonly logits: Float32Array;

  private constructor(
    private readonly graph: StepGraph,
    private readonly session: OrtSession,
    private readonly specification: TrainingSpecification,
    private readonly buffers: StateBuffers,
    private readonly options: BackendOptions,
    count: number,
  ) {
    this.logits = new Float32Array(count * graph.classes);
    this.fetches[graph.loss] = wrap('float32', this.loss, []);
    this.fetches[graph.penalty] = wrap('float32', this.penalty, []);
    this.fetches[graph.logits] = wrap('float32', this.logits, [count, graph.classes]);
    this.masks = graph.masks.map(({ input, shape }) => {
      const mask = new Uint8Array(shape.reduce((a, b) => a * b, 1));
      this.feeds[input] = wrap('uint8', mask, shape);
      return mask;
    });
  }

  /** @param graph the step for `count` examples, when the caller has built it already */
  static async create(
    specification: TrainingSpecification,
    buffers: StateBuffers,
    options: BackendOptions,
    count: number,
    graph: StepGraph = buildStepGraph(specification, count),
  ): Promise<StepRunner> {
    const session = await createOrtSession(graph.model, options, stepOptions);
    return new StepRunner(graph, session, specification, buffers, options, count);
  }

  async run(input: StepInput): Promise<StepOutput> {
    this.feed(input);
    await this.session.run(this.feeds, this.fetches);
    const loss = this.loss[0]!;
    if (!Number.isFinite(loss)) throw await notFiniteError(this.graph, this.feeds, this.options, input.step);
    this.buffers.swap(this.graph.tensors);
    this.buffers.swap(this.graph.slots);
    return { loss, penalty: this.penalty[0]!, logits: this.logits };
  }

  async release(): Promise<void> {
    await this.session.release();
  }

  private feed(input: StepInput): void {
    const { graph, feeds, fetches, buffers } = this;
    const [channels, height, width] = pixelShape(this.specification);
    const size = channels * height * width;
    const { count } = input;
    feeds[graph.pixels] = wrap('uint8', exactly(input.pixels, count * size), [count, channels, height, width]);
    feeds[graph.targets] = wrap('float32', exactly(input.targets, count * graph.classes), [count, graph.classes]);
    feeds[graph.weights] = wrap('float32', exactly(input.weights, count), [count]);
    for (const [name, value] of Object.entries(graph.scalarsAt(input.learningRate, input.step))) {
      feeds[name] = new OrtTensor('float32', Float32Array.of(value), []);
    }
    graph.masks.forEach((mask, i) => {
      fillDropoutMask(this.masks[i]!, mask, this.specification.seed, input.step);
    });
    for (const { name, input: read, output } of [...graph.tensors, ...graph.slots]) {
      feeds[read] = buffers.current(name);
      fetches[output] = buffers.next(name);
    }
  }
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
