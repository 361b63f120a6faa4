import { ChromarayError } from '@chromaray/base';
import type { Model } from '../../../graph/types.js';
import { stateTensors } from '../../../training/forward/forward.js';
import { summedLoss, summedTerms } from '../../../training/loss/host-loss.js';
import { heldTensors, inOneOpset, isElementLoss } from '../../../training/loss/terms.js';
import { buildStepGraph } from '../../../training/step/step-graph.js';
import { withWeights } from '../../../training/with-weights.js';
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
} from '../../backend.js';
import { checkHeld } from '../../onnxruntime/held-memory.js';
import type { Library } from '../native/library.js';
import { createUpdate } from './create-update.js';
import { ForwardProgram } from './forward-program.js';
import { copySlots, emptySlots, type Update } from './optimizer-state.js';
import { activationType } from './precision.js';
import { TensorBlock } from './state-memory.js';
import { type Shared, StepProgram } from './step-program.js';
import { threadsOf } from './threads.js';

/** Training on oneDNN: a program for each batch size met, all on one set of weights. */
export class OnednnTrainingSession implements TrainingSession {
  private readonly programs = new Map<number, StepProgram>();
  private forwardProgram: ForwardProgram | undefined;
  private measuringProgram: ForwardProgram | undefined;

  private constructor(
    private readonly shared: Shared,
    private readonly batch: number,
    private readonly slots: TensorBlock,
    private readonly update: Update,
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
    const slots = emptySlots(specification, gradients);
    const update = await createUpdate(library, specification, { weights, gradients, slots }, options);
    const critic = heldTensors(specification.loss);
    const held = new TensorBlock(new Map([...critic].map(([input, { tensor }]) => [input, tensor.dims])));
    held.write(new Map([...critic].map(([input, { tensor }]) => [input, tensor.data as Float32Array])));
    const shared = { library, specification, options, weights, gradients, held };
    const session = new OnednnTrainingSession(shared, batch, slots, update);
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
    this.invalidate();
    const { loss, penalty, terms, logits } = program;
    return { loss, penalty, terms, logits };
  }

  async forward(pixels: Uint8Array | Float32Array, count: number): Promise<ForwardOutput> {
    const program = await this.predicting();
    return program.predicted(await program.run({ pixels, count }));
  }

  async measure(input: MeasureInput): Promise<MeasureOutput> {
    const { loss } = this.shared.specification;
    const program = isElementLoss(loss) ? await this.predicting() : await this.measuring();
    const values = await program.run(input);
    const outputs = program.predicted(values);
    if (!isElementLoss(loss)) return { ...outputs, ...summedTerms(program.terms, input, values) };
    const sum = summedLoss(loss, input, outputs.logits);
    return { ...outputs, loss: sum, terms: [sum] };
  }

  hold(tensors: ReadonlyMap<string, Float32Array>): void {
    const critic = [...heldTensors(this.shared.specification.loss)];
    for (const [, { name, tensor }] of critic) checkHeld(name, tensors.get(name), tensor.data.length);
    this.shared.held.write(new Map(critic.map(([input, { name }]) => [input, tensors.get(name)!])));
    this.measuringProgram?.invalidate();
  }

  async state(): Promise<TrainingState> {
    return { weights: this.shared.weights.copy(), slots: copySlots(this.shared.specification, this.slots) };
  }

  restore(state: TrainingState): void {
    this.shared.weights.write(state.weights);
    this.slots.write(state.slots);
    this.invalidate();
  }

  async model(): Promise<Model> {
    return withWeights(this.shared.specification.model.model, this.shared.weights.copy());
  }

  async release(): Promise<void> {
    const programs = [...this.programs.values()];
    this.programs.clear();
    for (const program of programs) await program.release();
    for (const program of [this.forwardProgram, this.measuringProgram]) await program?.release();
    this.forwardProgram = undefined;
    this.measuringProgram = undefined;
    await this.update.release();
  }

  /** The programs that predict read the tensors anew. */
  private invalidate(): void {
    this.forwardProgram?.invalidate();
    this.measuringProgram?.invalidate();
  }

  private async predicting(): Promise<ForwardProgram> {
    const { library, specification, options, weights } = this.shared;
    library.setThreads(threadsOf(options));
    const { model } = specification;
    this.forwardProgram ??= await ForwardProgram.create(
      library,
      { model, batch: this.batch, options },
      weights.tensors,
    );
    return this.forwardProgram;
  }

  private async measuring(): Promise<ForwardProgram> {
    const { library, specification, options, weights, held } = this.shared;
    library.setThreads(threadsOf(options));
    const { model, loss } = inOneOpset(specification);
    const tensors = new Map([...weights.tensors, ...held.tensors]);
    this.measuringProgram ??= await ForwardProgram.create(
      library,
      { model, loss, batch: this.batch, options },
      tensors,
    );
    return this.measuringProgram;
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
