import { ChromarayError } from '@chromaray/base';
import type { Model } from '../../graph/types.js';
import { stateTensors } from '../../training/step/forward.js';
import { buildForwardGraph, buildStepGraph } from '../../training/step/step-graph.js';
import { withWeights } from '../../training/with-weights.js';
import type {
  BackendOptions,
  ForwardOutput,
  StepInput,
  StepOutput,
  TrainingSession,
  TrainingSpecification,
  TrainingState,
} from '../backend.js';
import { DeviceMemory } from './device-memory.js';
import { HostMemory } from './host-memory.js';
import { createOrtSession, type OrtSession, type OrtTensor, wrap } from './ort.js';
import type { StateMemory } from './state-memory.js';
import { exactly, pixelShape, StepRunner } from './step-runner.js';

/** Training on ONNX Runtime: one step runner for each batch size met, all on one set of weights. */
export class OrtTrainingSession implements TrainingSession {
  private readonly runners = new Map<number, StepRunner>();
  private readonly forwardGraph: ReturnType<typeof buildForwardGraph>;
  private forwardSession: OrtSession | undefined;

  private constructor(
    private readonly specification: TrainingSpecification,
    private readonly options: BackendOptions,
    private readonly batch: number,
    private readonly memory: StateMemory,
  ) {
    this.forwardGraph = buildForwardGraph(specification);
  }

  static async create(
    specification: TrainingSpecification,
    batch: number,
    options: BackendOptions,
  ): Promise<OrtTrainingSession> {
    const graph = buildStepGraph(specification, batch);
    const initial = new Map(
      [...stateTensors(specification.model)].map(([name, { data }]) => [name, data as Float32Array]),
    );
    // Of the providers, this binding knows the memory of WebGPU only.
    const memory =
      options.provider === 'webgpu' ? new DeviceMemory(graph, initial, options) : new HostMemory(graph, initial);
    const session = new OrtTrainingSession(specification, options, batch, memory);
    session.runners.set(batch, await StepRunner.create(specification, memory, options, batch, graph));
    return session;
  }

  async step(input: StepInput): Promise<StepOutput> {
    return (await this.runner(input.count)).run(input);
  }

  async forward(pixels: Uint8Array, count: number): Promise<ForwardOutput> {
    const { forwardGraph } = this;
    this.forwardSession ??= await createOrtSession(forwardGraph.model, this.options);
    const [channels, height, width] = pixelShape(this.specification);
    const feeds: Record<string, OrtTensor> = {};
    const used = exactly(pixels, count * channels * height * width);
    feeds[forwardGraph.pixels] = wrap('uint8', used, [count, channels, height, width]);
    for (const name of stateTensors(this.specification.model).keys()) feeds[name] = this.memory.current(name);
    const results = await this.forwardSession.run(feeds, [
      ...new Set([forwardGraph.logits, forwardGraph.probabilities]),
    ]);
    return {
      logits: results[forwardGraph.logits]!.data as Float32Array,
      probabilities: results[forwardGraph.probabilities]!.data as Float32Array,
    };
  }

  async state(): Promise<TrainingState> {
    return this.memory.copy();
  }

  restore(state: TrainingState): void {
    this.memory.restore(state);
  }

  async model(): Promise<Model> {
    return withWeights(this.specification.model.model, (await this.memory.copy()).weights);
  }

  async release(): Promise<void> {
    const sessions = [...this.runners.values(), ...(this.forwardSession === undefined ? [] : [this.forwardSession])];
    this.runners.clear();
    this.forwardSession = undefined;
    await this.memory.release();
    for (const session of sessions) await session.release();
  }

  private async runner(count: number): Promise<StepRunner> {
    const known = this.runners.get(count);
    if (known !== undefined) return known;
    if (!(Number.isInteger(count) && count > 0 && count <= this.batch)) {
      throw new ChromarayError({
        code: 'CHROMARAY_TRAINING_BATCH',
        message: `A step was given ${count} examples; the batch size is ${this.batch}.`,
        remedy: 'Give each step between 1 and the batch size.',
        details: { count, batch: this.batch },
      });
    }
    const runner = await StepRunner.create(this.specification, this.memory, this.options, count);
    this.runners.set(count, runner);
    return runner;
  }
}
