import { GraphBuilder } from '../../../builder/builder.js';
import { modelOpset } from '../../../graph/opset.js';
import { addForward } from '../../../training/forward/forward.js';
import { addTerms, inOneOpset, valuesOfLoss } from '../../../training/loss/terms.js';
import { buildStepGraph } from '../../../training/step/step-graph.js';
import type { BackendOptions, StepInput, TrainingSpecification } from '../../backend.js';
import { fillDropoutMask } from '../../onnxruntime/dropout-masks.js';
import { notFiniteError } from '../../onnxruntime/not-finite.js';
import { type OrtTensor, wrap } from '../../onnxruntime/ort.js';
import { wrapPixels } from '../../onnxruntime/step-runner.js';
import { type CompiledGraph, compile, type NamedFloats } from '../compile/compile.js';
import type { Library } from '../native/library.js';
import { LossSession } from './loss.js';
import { activationType } from './precision.js';
import type { TensorBlock } from './state-memory.js';

/** What the programs of a training share. */
export interface Shared {
  readonly library: Library;
  readonly specification: TrainingSpecification;
  readonly options: BackendOptions;
  readonly weights: TensorBlock;
  readonly gradients: TensorBlock;
  /** Tensors of a critic, by their names in the step. */
  readonly held: TensorBlock;
}

/** Forward pass, loss and backward pass for one exact number of examples; the update is not part of it. */
export class StepProgram {
  private input: StepInput | undefined;

  private constructor(
    private readonly shared: Shared,
    private readonly count: number,
    private readonly lossSession: LossSession,
    /** Vectors of spectral norms, and the outputs that renew them. */
    private readonly renewed: readonly (readonly [name: string, output: string])[],
  ) {}

  private graph!: CompiledGraph;

  static async create(shared: Shared, count: number): Promise<StepProgram> {
    const specification = inOneOpset(shared.specification);
    const { model: trainable, seed, loss } = specification;
    const opset = modelOpset(trainable.model);
    const builder = new GraphBuilder('training', opset);
    const { logits } = trainable;
    const wanted = [...new Set([logits, ...valuesOfLoss(loss)])];
    const forward = addForward(builder, trainable, { batch: count, training: true, outputs: wanted });
    const classes = builder
      .shape(logits)
      .slice(1)
      .reduce((a, b) => a * b, 1);
    const targets = builder.input('step/targets', 'float32', [count, classes]);
    const masks = [...forward.masks];
    const terms = addTerms(builder, loss, { logits, targets, masks });
    const names = new Set(
      terms.flatMap(({ value, target }) => (typeof target === 'number' ? [value] : [value, target])),
    );
    const dims = new Map([...names].map((name) => [name, builder.shape(name)]));
    const renewed = [...forward.statistics].filter(([, name]) => forward.constants.includes(name));
    const outputs = [...new Set([...wanted, ...names, ...renewed.map(([, name]) => name)])].filter(
      (name) => name !== targets,
    );
    for (const name of outputs) builder.output(name);
    const compared = { terms, dims, targets, count };
    const lossSession = await LossSession.create(specification, shared.weights, compared, shared.options);
    const program = new StepProgram(shared, count, lossSession, renewed);
    try {
      program.graph = await compile({
        library: shared.library,
        graph: builder.build(),
        opset,
        outputs,
        activations: activationType(shared.library, shared.options),
        tensors: new Map([...shared.weights.tensors, ...shared.held.tensors]),
        fixedTensors: false,
        floatInputs: new Map([[targets, () => program.input!.targets]]),
        options: shared.options,
        training: {
          masks,
          values: [...new Set(terms.map(({ value }) => value))],
          constants: forward.constants,
          fillMask: (mask, into) => fillDropoutMask(into, mask, seed, program.input!.step),
          gradients: new Map([...shared.gradients.tensors].map(([name, { memory }]) => [name, memory])),
          loss: (values, gradients) => program.computeLoss(values, gradients),
        },
      });
    } catch (error) {
      await lossSession.release();
      throw error;
    }
    return program;
  }

  get loss(): number {
    return this.lossSession.loss[0]!;
  }

  get penalty(): number {
    return this.lossSession.penalty[0]!;
  }

  get terms(): Float32Array {
    return this.lossSession.terms;
  }

  get logits(): Float32Array {
    return this.graph.outputs.get(this.shared.specification.model.logits)!;
  }

  /** Leaves the gradients in their block. Throws `CHROMARAY_TRAINING_NOT_FINITE` before anything has changed. */
  async run(input: StepInput): Promise<void> {
    this.input = input;
    await this.graph.run(input.pixels);
  }

  /** What a step that went well moves besides the weights. */
  finish(): void {
    this.graph.afterStep();
    for (const [name, output] of this.renewed)
      this.shared.weights.get(name).floats.set(this.graph.outputs.get(output)!);
  }

  /** Milliseconds by kind of instruction, of one step without its update. */
  async profile(input: StepInput): Promise<ReadonlyMap<string, number>> {
    this.input = input;
    return this.graph.profile(input.pixels);
  }

  async release(): Promise<void> {
    await this.lossSession.release();
    await this.graph.release();
  }

  private async computeLoss(outputs: NamedFloats, gradients: NamedFloats): Promise<void> {
    await this.lossSession.run(outputs, this.input!, gradients);
    if (!Number.isFinite(this.loss)) throw await this.notFinite(this.input!);
  }

  /** Runs the step again on ONNX Runtime with every value shown, and names the first that is not finite. */
  private async notFinite(input: StepInput) {
    const { specification, weights, held } = this.shared;
    const { count } = this;
    const graph = buildStepGraph(specification, count);
    const shapes = new Map(graph.model.graph.inputs.map(({ name, shape }) => [name, shape as readonly number[]]));
    const size = (name: string) => shapes.get(name)!.reduce((a, b) => a * b, 1);
    const feeds: Record<string, OrtTensor> = {};
    const feed = (name: string, data: Float32Array) => {
      feeds[name] = wrap('float32', data, shapes.get(name)!);
    };
    feeds[graph.pixels] = wrapPixels(input.pixels.subarray(0, size(graph.pixels)), shapes.get(graph.pixels)!);
    feed(graph.targets, input.targets.subarray(0, size(graph.targets)));
    feed(graph.weights, input.weights.subarray(0, count));
    for (const [name, value] of Object.entries(graph.scalarsAt(input.learningRate, input.step))) {
      feed(name, Float32Array.of(value));
    }
    for (const mask of graph.masks) {
      const kept = new Uint8Array(size(mask.input));
      fillDropoutMask(kept, mask, specification.seed, input.step);
      feeds[mask.input] = wrap('uint8', kept, mask.shape);
    }
    for (const { input: read } of graph.held) feed(read, held.get(read).floats);
    for (const { name, input: read } of graph.tensors) feed(read, weights.get(name).floats);
    for (const { input: read } of graph.slots) feed(read, new Float32Array(size(read)));
    return notFiniteError(graph, feeds, { threads: 1 }, input.step);
  }
}
