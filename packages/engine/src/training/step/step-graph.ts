import { ChromarayError } from '@chromaray/base';
import type { TrainingSpecification } from '../../backends/backend.js';
import { GraphBuilder } from '../../builder/builder.js';
import { differentiate } from '../../differentiate/differentiate.js';
import type { Model } from '../../graph/types.js';
import type { DropoutMask } from '../forward/dropout.js';
import { addForward } from '../forward/forward.js';
import { addSumOfLosses } from '../loss/add-sum-of-losses.js';
import { addTerms, heldTensors, inOneOpset, type LossTerm, valuesOfLoss } from '../loss/terms.js';
import { addClipByGlobalNorm } from './clip.js';
import { addConstraint } from './constraints.js';
import { optimizerRule, type StepScalars } from './optimizers.js';

/** A tensor that goes into a step as an input and comes out renewed. */
export interface Renewed {
  /** The tensor's name in the model, or `<tensor>/<slot>`. */
  readonly name: string;
  readonly input: string;
  readonly output: string;
  readonly dims: readonly number[];
}

/** A tensor that a step reads and whoever runs it may replace: what it is called in its own network, and in the step. */
export interface HeldTensor {
  readonly name: string;
  readonly input: string;
  readonly dims: readonly number[];
}

/** One training step as a graph of static shapes: forward, loss, backward, update, projection. */
export interface StepGraph {
  readonly model: Model;
  readonly pixels: string;
  readonly targets: string;
  readonly weights: string;
  readonly masks: readonly DropoutMask[];
  /** Tensors of a critic, which go in and do not come out. */
  readonly held: readonly HeldTensor[];
  /** Model tensors, trained ones and running statistics. */
  readonly tensors: readonly Renewed[];
  readonly slots: readonly Renewed[];
  readonly loss: string;
  readonly penalty: string;
  /** [terms]: what each summand of the loss comes to before its weight. */
  readonly terms: string;
  readonly logits: string;
  /** Elements of the logits, and of a target, per example. */
  readonly classes: number;
  /** Sizes of the logits. */
  readonly logitsDims: readonly number[];
  scalarsAt(learningRate: number, step: number): StepScalars;
}

/** Operator sets below this one take axes as attributes, which the step's own nodes do not. */
const oldestOpset = 13;

/**
 * Turns a model, a loss, an optimizer and constraints into one step for exactly `batch` examples. Weights,
 * optimizer slots and learning rate are inputs; renewed weights and slots are outputs, so that whoever runs
 * it swaps buffers instead of copying.
 *
 * @throws ChromarayError `CHROMARAY_TRAINING_OPSET` for a model below operator set 13,
 *   `CHROMARAY_TRAINING_LOGITS` when the logits are not [batch, ...],
 *   `CHROMARAY_TRAINING_TENSOR` when a tensor to be trained is missing or the loss does not depend on it
 */
export function buildStepGraph(given: TrainingSpecification, batch: number): StepGraph {
  const specification = inOneOpset(given);
  const { model: trainable, loss } = specification;
  const opset = opsetOf(trainable.model);
  const builder = new GraphBuilder('training-step', opset);
  const outputs = [...new Set([trainable.logits, ...valuesOfLoss(loss)])];
  const forward = addForward(builder, trainable, { batch, training: true, outputs });
  const logitsDims = logitsShape(builder, trainable.logits, batch);
  const classes = elementsOf(logitsDims.slice(1));

  const targets = builder.input('step/targets', 'float32', [batch, classes]);
  const weights = builder.input('step/weights', 'float32', [batch]);
  const rule = optimizerRule(specification.optimizer);
  for (const scalar of rule.scalars) builder.input(scalar, 'float32', []);

  const masks = [...forward.masks];
  const terms = addTerms(builder, loss, { logits: trainable.logits, targets, masks });
  const dataLoss = addSumOfLosses(builder, terms, weights);
  const penalty = addPenalty(builder, trainable.l2);
  const total = penalty === undefined ? dataLoss.loss : builder.node('Add', [dataLoss.loss, penalty]);

  const { trainable: wrt } = trainable;
  const known = differentiate(builder, { gradients: dataLoss.gradients, wrt, constants: forward.constants });
  const gradients = addRegularization(builder, specification, known);
  const { tensors, slots } = addUpdates(builder, specification, gradients);
  for (const [name, output] of forward.statistics) {
    tensors.push({ name, input: name, output, dims: builder.shape(name) });
  }

  const shownPenalty = penalty ?? builder.node('Identity', [builder.floats(0)]);
  for (const { output } of [...tensors, ...slots]) builder.output(output);
  for (const output of [total, shownPenalty, dataLoss.terms, trainable.logits]) builder.output(output);
  return {
    model: stepModel(builder, trainable.model, opset),
    pixels: inputName(trainable.model),
    targets,
    weights,
    masks,
    held: heldInputs(specification),
    tensors,
    slots,
    loss: total,
    penalty: shownPenalty,
    terms: dataLoss.terms,
    logits: trainable.logits,
    classes,
    logitsDims,
    scalarsAt: rule.scalarsAt,
  };
}

/** The tensors of a critic as inputs of a step. */
export function heldInputs({ loss }: TrainingSpecification): readonly HeldTensor[] {
  return [...heldTensors(loss)].map(([input, { name, tensor }]) => ({ name, input, dims: tensor.dims }));
}

/** The model as it predicts, as a graph for any number of examples. */
export interface ForwardGraph {
  readonly model: Model;
  readonly pixels: string;
  readonly logits: string;
  readonly probabilities: string;
  /** Where the loss is measured too: what it compares. */
  readonly terms: readonly LossTerm[];
  readonly targets: string;
  readonly held: readonly HeldTensor[];
  readonly outputs: readonly string[];
}

/**
 * The model as it predicts, with the tensors that training changes as inputs and any number of examples.
 *
 * @param measures - whether it also takes targets and computes what the loss compares
 */
export function buildForwardGraph(given: TrainingSpecification, measures = false): ForwardGraph {
  const specification = measures ? inOneOpset(given) : given;
  const { model: trainable, loss } = specification;
  const opset = opsetOf(trainable.model);
  const builder = new GraphBuilder('forward', opset);
  const probabilities = trainable.model.graph.outputs[0]!.name;
  const values = measures ? valuesOfLoss(loss) : [];
  addForward(builder, trainable, {
    batch: 'batch',
    training: false,
    outputs: [...new Set([trainable.logits, probabilities, ...values])],
  });
  const targets = 'step/targets';
  const terms = measures ? addMeasuredTerms(builder, specification, 'batch') : [];
  const compared = terms.flatMap(({ value, target }) => [value, target]);
  const outputs = [
    ...new Set([
      trainable.logits,
      probabilities,
      ...compared.filter((name) => typeof name === 'string' && name !== targets),
    ]),
  ] as readonly string[];
  for (const output of outputs) builder.output(output);
  return {
    model: stepModel(builder, trainable.model, opset),
    pixels: inputName(trainable.model),
    logits: trainable.logits,
    probabilities,
    terms,
    targets,
    held: measures ? heldInputs(specification) : [],
    outputs,
  };
}

/** Adds the input of targets, and what the loss compares, as prediction has it. */
export function addMeasuredTerms(
  builder: GraphBuilder,
  { model: { logits }, loss }: TrainingSpecification,
  batch: number | string,
): readonly LossTerm[] {
  const elements = builder
    .type(logits)
    .shape.slice(1)
    .reduce<number>((product, dim) => product * Number(dim), 1);
  const targets = builder.input('step/targets', 'float32', [batch, elements]);
  return addTerms(builder, loss, { logits, targets });
}

/**
 * Adds to the gradients of the data loss those of the L2 penalty, and clips them.
 *
 * @throws ChromarayError `CHROMARAY_TRAINING_TENSOR` when a trained tensor has no gradient
 */
export function addRegularization(
  builder: GraphBuilder,
  { model: trainable, clipNorm }: TrainingSpecification,
  known: ReadonlyMap<string, string>,
): ReadonlyMap<string, string> {
  const gradients = trainable.trainable.map((name) => {
    const gradient = known.get(name);
    if (gradient === undefined) throw unusedTensor(name);
    const strength = trainable.l2.get(name);
    if (strength === undefined) return gradient;
    return builder.node('Add', [gradient, builder.node('Mul', [name, builder.floats(2 * strength)])]);
  });
  const clipped = clipNorm === undefined ? gradients : addClipByGlobalNorm(builder, gradients, clipNorm);
  return new Map(trainable.trainable.map((name, i) => [name, clipped[i]!]));
}

/** Adds the optimizer's update and the projection of every tensor that has a gradient. */
export function addUpdates(
  builder: GraphBuilder,
  { model: trainable, optimizer, learningRateFactors }: TrainingSpecification,
  gradients: ReadonlyMap<string, string>,
) {
  const rule = optimizerRule(optimizer);
  const tensors: Renewed[] = [];
  const slots: Renewed[] = [];
  for (const [name, gradient] of gradients) {
    const dims = builder.shape(name);
    const own = rule.slots.map((slot) => [slot, builder.input(`${name}/${slot}`, 'float32', dims)] as const);
    const factor = learningRateFactors?.get(name) ?? 1;
    const updated = rule.add(builder, { weight: name, gradient, slots: Object.fromEntries(own), factor });
    const constraint = trainable.constraints.get(name);
    const output = constraint === undefined ? updated.weight : addConstraint(builder, constraint, updated.weight);
    tensors.push({ name, input: name, output, dims });
    for (const [slot, input] of own) slots.push({ name: input, input, output: updated.slots[slot]!, dims });
  }
  return { tensors, slots };
}

/** `sum over tensors of strength * sum(w^2)`, Keras's `L2`; undefined without one. */
export function addPenalty(builder: GraphBuilder, l2: ReadonlyMap<string, number>): string | undefined {
  const terms = [...l2].map(([name, strength]) => {
    const flat = builder.node('Reshape', [name, builder.ints([-1])]);
    const square = builder.node('ReduceSum', [builder.node('Mul', [flat, flat]), builder.ints([0])], { keepdims: 0 });
    return builder.node('Mul', [square, builder.floats(strength)]);
  });
  return terms.length === 0 ? undefined : terms.reduce((sum, term) => builder.node('Add', [sum, term]));
}

function stepModel(builder: GraphBuilder, model: Model, opset: number): Model {
  const opsets = new Map([...model.opsets, ['', opset], ['com.microsoft', 1]] as [string, number][]);
  return { ...model, graph: builder.build(), opsets, metadata: new Map() };
}

function inputName(model: Model): string {
  return model.graph.inputs.find((input) => !model.graph.initializers.has(input.name))!.name;
}

function opsetOf(model: Model): number {
  const opset = model.opsets.get('') ?? model.opsets.get('ai.onnx') ?? 1;
  if (opset >= oldestOpset) return opset;
  throw new ChromarayError({
    code: 'CHROMARAY_TRAINING_OPSET',
    message: `The model uses ONNX operator set ${opset}; training needs ${oldestOpset} or newer.`,
    remedy: `Export the model again with opset_version=${oldestOpset} or newer, or convert it with onnx.version_converter.`,
    details: { opset },
  });
}

function elementsOf(dims: readonly number[]): number {
  return dims.reduce((a, b) => a * b, 1);
}

function logitsShape(builder: GraphBuilder, logits: string, batch: number): readonly number[] {
  const shape = builder.has(logits) ? builder.shape(logits) : undefined;
  if (shape !== undefined && shape.length >= 2 && shape[0] === batch) return shape;
  throw new ChromarayError({
    code: 'CHROMARAY_TRAINING_LOGITS',
    message:
      shape === undefined
        ? `The model has no value named "${logits}" for the loss to be taken on.`
        : `The logits "${logits}" have the shape [${shape.join(', ')}]; the loss needs [${batch}, outputs, ...].`,
    remedy: 'Name the value before the last sigmoid or softmax as `logits`.',
    details: { logits },
  });
}

function unusedTensor(name: string): ChromarayError {
  return new ChromarayError({
    code: 'CHROMARAY_TRAINING_TENSOR',
    message: `The loss does not depend on the tensor "${name}", so it cannot be trained.`,
    remedy: 'Take it out of `trainable`.',
    details: { tensor: name },
  });
}
