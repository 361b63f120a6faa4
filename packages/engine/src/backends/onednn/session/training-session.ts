import { ChromarayError } from '@chromaray/base';
import type { Model } from '../../../graph/types.js';
import { stateTensors } from '../../../training/step/forward.js';
import { buildStepGraph } from '../../../training/step/step-graph.js';
import { withWeights } from '../../../training/with-weights.js';
import type {
  BackendOptions,
  ForwardOutput,
  StepInput,
  StepOutput,
  TrainingSession,
  TrainingSpecification,
  TrainingState,
} from '../../backend.js';
import type { Library } from '../native/library.js';
import { ForwardProgram } from './forward-program.js';
import { activationType } from './precision.js';
import { TensorBlock } from './state-memory.js';
import { type Shared, StepProgram } from './step-program.js';
import { threadsOf } from './threads.js';
import { UpdateSession } from './update.js';

/** Training on oneDNN: a program for each batch size met, all on one set of weights. */
export class OnednnTrainingSession implements TrainingSession {
  private readonly programs = new Map<number, StepProgram>();
  private forwardProgram: ForwardProgram | undefined;

  private constructor(
    private readonly shared: Shared,
    private readonly batch: number,
    private readonly update: UpdateSession,
  ) {}

  static async create(
    library: Library,
    specification: TrainingSpecification,
    batch: number,
    options: BackendOptions,
  ): Promise<OnednnTrainingSession> {
    activationType(library, options);
    // Refuses what cannot be trained, with the same words as every backend.
    buildStepGraph(specification, batch);
    const state = stateTensors(specification.model);
    const weights = new TensorBlock(new Map([...state].map(([name, { dims }]) => [name, dims])));
    weights.write(new Map([...state].map(([name, { data }]) => [name, data as Float32Array])));
    const { trainable } = specification.model;
    const gradients = new TensorBlock(new Map(trainable.map((name) => [name, weights.get(name).dims])));
    const update = await UpdateSession.create(specification, weights, gradients, options);
    const shared = { library, specification, options, weights, gradients };
    const session = new OnednnTrainingSession(shared, batch, update);
    try {
      await session.program(batch);
    } catch (error) {
      await session.release();
      throw error;
    }
    return session;
  }

  async step(input: StepInput): Promise<StepOutput> {
    const program = await this.program(input.count);
    await program.run(input);
    await this.update.run(input.learningRate, input.step);
    program.finish();
    this.forwardProgram?.invalidate();
    return { loss: program.loss, penalty: program.penalty, logits: program.logits };
  }

  async forward(pixels: Uint8Array, count: number): Promise<ForwardOutput> {
    const { library, specification, options, weights } = this.shared;
    library.setThreads(threadsOf(options));
    const { model } = specification;
    const probabilities = model.model.graph.outputs[0]!.name;
    this.forwardProgram ??= await ForwardProgram.create(
      ...([library, model, this.batch, options, [...new Set([model.logits, probabilities])]] as const),
      weights.tensors,
    );
    const results = await this.forwardProgram.run(pixels, count);
    return { logits: results.get(model.logits)!, probabilities: results.get(probabilities)! };
  }

  async state(): Promise<TrainingState> {
    return { weights: this.shared.weights.copy(), slots: this.update.copySlots() };
  }

  restore(state: TrainingState): void {
    this.shared.weights.write(state.weights);
    this.update.slots.write(state.slots);
    this.forwardProgram?.invalidate();
  }

  async model(): Promise<Model> {
    return withWeights(this.shared.specification.model.model, this.shared.weights.copy());
  }

  async release(): Promise<void> {
    const programs = [...this.programs.values()];
    this.programs.clear();
    for (const program of programs) await program.release();
    await this.forwardProgram?.release();
    this.forwardProgram = undefined;
    await this.update.release();
  }

  /** The program for a number of examples, compiled when it is first met. */
  async program(count: number): Promise<StepProgram> {
    const { library, options } = this.shared;
    library.setThreads(threadsOf(options));
    const known = this.programs.get(count);
    if (known !== undefined) return known;
    if (!(Number.isInteger(count) && count > 0 && count <= this.batch)) throw batchError(count, this.batch);
    const program = await StepProgram.create(this.shared, count);
    this.programs.set(count, program);
    return program;
  }
}

function batchError(count: number, batch: number): ChromarayError {
  return new ChromarayError({
    code: 'CHROMARAY_TRAINING_BATCH',
    message: `A step was given ${count} examples; the batch size is ${batch}.`,
    remedy: 'Give each step between 1 and the batch size.',
    details: { count, batch },
  });
}
