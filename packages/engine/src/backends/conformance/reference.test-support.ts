import { Random } from '@chromaray/base';
import type { F64Tensor } from '../../../test/interpreter/f64-tensor.js';
import { interpret } from '../../../test/interpreter/interpret.js';
import { inferShapes } from '../../builder/infer-shapes.js';
import { removeDeadNodes } from '../../graph/prune.js';
import type { Graph, GraphNode } from '../../graph/types.js';
import { criticOf } from '../../training/loss/terms.js';
import type { Loss } from '../../training/loss/types.js';
import { buildForwardGraph, buildStepGraph, type StepGraph } from '../../training/step/step-graph.js';
import type { TrainableModel } from '../../training/types.js';
import type { StepInput, TrainingSpecification } from '../backend.js';
import { fillDropoutMask } from '../onnxruntime/dropout-masks.js';

/** What a step must come to, computed in float64. */
export interface Reference {
  readonly loss: number;
  readonly logits: Float64Array;
  /** Of the untrained model as it predicts. */
  readonly probabilities: Float64Array;
  /** What a tensor loses in one step of plain descent at rate 1, its gradient; of statistics, their change. */
  readonly changes: ReadonlyMap<string, Float64Array>;
  /** The slope of the loss along one element of a trained tensor, by central differences. */
  slope(tensor: string, element: number): number;
}

/** Examples that no two runs of a test see differently. */
export function randomInput(model: TrainableModel, count: number, step = 1): StepInput {
  const [, ...dims] = model.model.graph.inputs[0]!.shape as number[];
  const random = new Random('conformance').fork(step);
  const elements = targetElements(model);
  return {
    pixels: Uint8Array.from({ length: count * dims.reduce((a, b) => a * b, 1) }, () => random.uint32() & 255),
    targets: Float32Array.from({ length: count * elements }, (_, i) => (elements === 1 ? i % 2 : random.uniform(0, 1))),
    weights: Float32Array.from({ length: count }, (_, i) => 1 + (i % 3) / 4),
    count,
    learningRate: 1,
    step,
  };
}

/** Elements of one example of the value that the loss is taken on. */
function targetElements({ model, logits }: TrainableModel): number {
  const { shape } = inferShapes(model.graph, model.opsets.get('')!).get(logits)!;
  return shape.slice(1).reduce<number>((product, dim) => product * Number(dim), 1);
}

/** Plain descent at rate 1, so that the change of a tensor is its gradient. */
export function plainDescent(
  model: TrainableModel,
  loss: Loss = { kind: 'binary-cross-entropy' },
): TrainingSpecification {
  return { model, loss, optimizer: { kind: 'sgd' }, seed: 3 };
}

export function reference(model: TrainableModel, input: StepInput, loss?: Loss): Reference {
  const specification = plainDescent(model, loss);
  const step = buildStepGraph(specification, input.count);
  const opset = model.model.opsets.get('')!;
  const feeds = stepFeeds(step, specification, input);
  const values = interpret(step.model.graph, opset, feeds);
  const changes = new Map(
    step.tensors.map(({ name, input: read, output }) => {
      const before = feeds.get(read)!.data;
      return [name, values.get(output)!.data.map((value, i) => before[i]! - value)] as const;
    }),
  );
  // No gradient passes a power iteration: to the slope its results are constants.
  const iterations = step.model.graph.nodes.filter(({ name }) => name.startsWith('power/'));
  const lossAlone = withoutNodes(onlyFor(step.model.graph, step.loss), iterations);
  const constants = iterations.flatMap(({ outputs }) => outputs.map((name) => [name, values.get(name)!] as const));
  const forward = buildForwardGraph(specification);
  const predicted = interpret(forward.model.graph, opset, feeds);
  return {
    loss: values.get(step.loss)!.data[0]!,
    logits: values.get(step.logits)!.data,
    probabilities: predicted.get(forward.probabilities)!.data,
    changes,
    slope(tensor, element) {
      const { dims, data } = feeds.get(tensor)!;
      const lossAt = (value: number) =>
        interpret(
          lossAlone,
          opset,
          new Map([...feeds, ...constants]).set(tensor, { dims, data: data.with(element, value) }),
        ).get(step.loss)!.data[0]!;
      const h = 1e-6;
      return (lossAt(data[element]! + h) - lossAt(data[element]! - h)) / (2 * h);
    },
  };
}

function stepFeeds(step: StepGraph, specification: TrainingSpecification, input: StepInput): Map<string, F64Tensor> {
  const { graph } = specification.model.model;
  const pixels = graph.inputs[0]!.shape.slice(1) as number[];
  const feeds = new Map<string, F64Tensor>([
    [step.pixels, tensor([input.count, ...pixels], input.pixels)],
    [step.targets, tensor([input.count, step.classes], input.targets)],
    [step.weights, tensor([input.count], input.weights)],
  ]);
  for (const [name, value] of Object.entries(step.scalarsAt(input.learningRate, input.step)))
    feeds.set(name, tensor([], [value]));
  for (const { name, input: read, dims } of step.tensors)
    feeds.set(read, tensor(dims, graph.initializers.get(name)!.data as Float32Array));
  const critic = criticOf(specification.loss)?.model.graph;
  for (const { name, input: read, dims } of step.held)
    feeds.set(read, tensor(dims, critic!.initializers.get(name)!.data as Float32Array));
  for (const mask of step.masks) {
    const bytes = new Uint8Array(mask.shape.reduce((a, b) => a * b, 1));
    fillDropoutMask(bytes, mask, specification.seed, input.step);
    feeds.set(mask.input, tensor(mask.shape, bytes));
  }
  return feeds;
}

function tensor(dims: readonly number[], data: ArrayLike<number>): F64Tensor {
  return { dims, data: Float64Array.from(data) };
}

function onlyFor(graph: Graph, output: string): Graph {
  return removeDeadNodes({ ...graph, outputs: graph.outputs.filter(({ name }) => name === output) });
}

function withoutNodes(graph: Graph, left: readonly GraphNode[]): Graph {
  const outputs = new Set(left.flatMap((node) => node.outputs));
  return { ...graph, nodes: graph.nodes.filter((node) => !node.outputs.some((name) => outputs.has(name))) };
}

/** The losses of a training in float64, and all tensors at its end. */
export function referenceTraining(
  specification: TrainingSpecification,
  inputs: readonly StepInput[],
): { readonly losses: readonly number[]; readonly state: ReadonlyMap<string, Float64Array> } {
  const opset = specification.model.model.opsets.get('')!;
  const graphs = new Map<number, StepGraph>();
  const state = new Map<string, F64Tensor>();
  const losses: number[] = [];
  for (const input of inputs) {
    const step = graphs.get(input.count) ?? buildStepGraph(specification, input.count);
    graphs.set(input.count, step);
    const renewed = [...step.tensors, ...step.slots];
    const zeros = ({ dims }: { dims: readonly number[] }) =>
      tensor(dims, new Float64Array(dims.reduce((a, b) => a * b, 1)));
    const feeds = stepFeeds(step, specification, input);
    for (const slot of step.slots) feeds.set(slot.input, zeros(slot));
    for (const { name, input: read } of renewed) if (state.has(name)) feeds.set(read, state.get(name)!);
    const values = interpret(step.model.graph, opset, feeds);
    losses.push(values.get(step.loss)!.data[0]!);
    for (const { name, output } of renewed) state.set(name, values.get(output)!);
  }
  return { losses, state: new Map([...state].map(([name, { data }]) => [name, data])) };
}
