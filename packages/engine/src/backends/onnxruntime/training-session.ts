import { ChromarayError } from '@chromaray/base';
import type { Model } from '../../graph/types.js';
import { stateTensors } from '../../training/forward/forward.js';
import { summedLoss, summedTerms } from '../../training/loss/host-loss.js';
import { isElementLoss } from '../../training/loss/terms.js';
import { buildForwardGraph, buildStepGraph, type ForwardGraph } from '../../training/step/step-graph.js';
import { withWeights } from '../../training/with-weights.js';
import type {
  BackendOptions,
  ForwardOutput,
  MeasureInput,
  MeasureOutput,
  StepInput,
  StepOutput,
  TrainingSession,
  TrainingSpecification,
  TrainingState,
} from '../backend.js';
import { DeviceMemory } from './device-memory.js';
import { HeldMemory } from './held-memory.js';
import { HostMemory } from './host-memory.js';
import { createOrtSession, type OrtSession, type OrtTensor, wrap } from './ort.js';
import type { StateMemory } from './state-memory.js';
import { exactly, pixelShape, StepRunner, wrapPixels } from './step-runner.js';

/** The model as it predicts, and its session once it has been asked for. */
interface Forward {
  readonly graph: ForwardGraph;
  session?: OrtSession | undefined;
}

/** Training on ONNX Runtime: one step runner for each batch size met, all on one set of weights. */
export class OrtTrainingSession implements TrainingSession {
  private readonly runners = new Map<number, StepRunner>();
  private readonly forwards: { readonly plain: Forward; readonly measuring: Forward };

  private constructor(
    private readonly specification: TrainingSpecification,
    private readonly options: BackendOptions,
    private readonly batch: number,
    private readonly memory: StateMemory,
    private readonly held: HeldMemory,
  ) {
    const forward = (measures: boolean): Forward => ({ graph: buildForwardGraph(specification, measures) });
    const plain = forward(false);
    this.forwards = { plain, measuring: isElementLoss(specification.loss) ? plain : forward(true) };
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
    const held = new HeldMemory(specification.loss);
    const session = new OrtTrainingSession(specification, options, batch, memory, held);
    session.runners.set(batch, await StepRunner.create(specification, memory, held, options, batch, graph));
    return session;
  }

  async step(input: StepInput): Promise<StepOutput> {
    return (await this.runner(input.count)).run(input);
  }

  async forward(pixels: Uint8Array | Float32Array, count: number): Promise<ForwardOutput> {
    return this.outputs(this.forwards.plain, await this.run(this.forwards.plain, pixels, count));
  }

  async measure(input: MeasureInput): Promise<MeasureOutput> {
    const { measuring } = this.forwards;
    const values = await this.run(measuring, input.pixels, input.count, input.targets);
    const outputs = this.outputs(measuring, values);
    const { loss } = this.specification;
    if (!isElementLoss(loss)) return { ...outputs, ...summedTerms(measuring.graph.terms, input, values) };
    const sum = summedLoss(loss, input, outputs.logits);
    return { ...outputs, loss: sum, terms: [sum] };
  }

  hold(tensors: ReadonlyMap<string, Float32Array>): void {
    this.held.replace(tensors);
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
    const forwards = Object.values(this.forwards).flatMap(({ session }) => (session === undefined ? [] : [session]));
    const sessions = [...this.runners.values(), ...new Set(forwards)];
    this.runners.clear();
    for (const forward of Object.values(this.forwards)) forward.session = undefined;
    await this.memory.release();
    for (const session of sessions) await session.release();
  }

  private async run(
    forward: Forward,
    pixels: Uint8Array | Float32Array,
    count: number,
    targets?: Float32Array,
  ): Promise<ReadonlyMap<string, Float32Array>> {
    const { graph } = forward;
    forward.session ??= await createOrtSession(graph.model, this.options);
    const [channels, height, width] = pixelShape(this.specification);
    const feeds: Record<string, OrtTensor> = {};
    const used = exactly(pixels, count * channels * height * width);
    feeds[graph.pixels] = wrapPixels(used, [count, channels, height, width]);
    if (targets !== undefined && graph.terms.length > 0) {
      const declared = graph.model.graph.inputs.find(({ name }) => name === graph.targets)!;
      const elements = Number(declared.shape[1]);
      feeds[graph.targets] = wrap('float32', exactly(targets, count * elements), [count, elements]);
    }
    for (const name of stateTensors(this.specification.model).keys()) feeds[name] = this.memory.current(name);
    for (const { name, input } of graph.held) feeds[input] = this.held.get(name);
    const results = await forward.session.run(feeds, graph.outputs);
    return new Map(graph.outputs.map((name) => [name, results[name]!.data as Float32Array]));
  }

  private outputs({ graph }: Forward, values: ReadonlyMap<string, Float32Array>): ForwardOutput {
    return { logits: values.get(graph.logits)!, probabilities: values.get(graph.probabilities)! };
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
    const runner = await StepRunner.create(this.specification, this.memory, this.held, this.options, count);
    this.runners.set(count, runner);
    return runner;
  }
}
