import { ChromarayError } from '@chromaray/base';
import type { GraphWriter } from '../../graph/graph-writer.js';
import { inferenceForm } from '../../graph/inference-form.js';
import type { Graph, GraphNode, Tensor } from '../../graph/types.js';
import type { SpectralNorm, TrainableModel } from '../types.js';
import { addDropout, type DropoutMask } from './dropout.js';
import { addPowerIteration, movingSpectralNorms } from './spectral-norm.js';

export interface ForwardPass {
  readonly masks: readonly DropoutMask[];
  /** New value of each running statistic, and of each vector of a spectral norm, that this pass moves, by its name. */
  readonly statistics: ReadonlyMap<string, string>;
  /** Those of the new values that no gradient passes. */
  readonly constants: readonly string[];
}

/**
 * Adds a model's forward pass with the tensors in `state` as inputs instead of constants, and the batch
 * bound to `batch`, a number or a name.
 *
 * In `training` form dropout multiplies by a fed mask, and batch normalisation whose scale is trained takes
 * the batch's own statistics; one whose scale is frozen, or every one where the model says so, stays as it is at
 * prediction, as in Keras. In prediction form the graph is the model's own. Modes that an exporter wrote into the graph
 * decide nothing in either.
 *
 * Dropout masks are fed rather than drawn by ONNX Runtime's `Dropout` because that keeps a hidden generator:
 * a training could not be resumed with the numbers it would have had.
 */
export function addForward(
  builder: GraphWriter,
  trainable: TrainableModel,
  options: { readonly batch: number | string; readonly training: boolean; readonly outputs: readonly string[] },
): ForwardPass {
  const graph = inferenceForm(trainable.model.graph);
  const state = stateTensors(trainable);
  const moving = new Set(movingNorms(trainable).map(({ outputs }) => outputs[0]));
  for (const input of graph.inputs) {
    if (graph.initializers.has(input.name)) continue;
    builder.input(input.name, input.dtype, [options.batch, ...input.shape.slice(1)]);
  }
  const nodes = nodesFor(graph, options.outputs).map((node) => ({ ...node, name: `forward/${node.name}` }));
  const used = new Set(nodes.flatMap((node) => node.inputs));
  for (const [name, tensor] of graph.initializers) {
    if (state.has(name)) builder.input(name, tensor.dtype, tensor.dims);
    else if (used.has(name)) builder.constant(name, tensor);
  }

  const masks: DropoutMask[] = [];
  const statistics = new Map<string, string>();
  const ofChannels = new Set(trainable.channelDropouts);
  const vectors = options.training ? new SpectralVectors(builder, trainable) : undefined;
  for (const given of nodes) {
    const node = vectors?.renewedFor(given) ?? given;
    if (options.training && node.opType === 'Dropout')
      addDropout(builder, graph, node, masks, ofChannels.has(node.outputs[0]!));
    else if (options.training && moving.has(node.outputs[0])) addTrainedNorm(builder, node, statistics);
    else builder.append(node);
  }
  const renewed = vectors?.renewed ?? new Map<string, string>();
  return { masks, statistics: new Map([...statistics, ...renewed]), constants: [...renewed.values()] };
}

/** Renews the vectors of spectral norms where a node first asks for one. */
class SpectralVectors {
  /** New vectors by the names of the old. */
  readonly renewed = new Map<string, string>();
  private readonly norms = new Map<string, SpectralNorm>();

  constructor(
    private readonly builder: GraphWriter,
    trainable: TrainableModel,
  ) {
    for (const norm of movingSpectralNorms(trainable)) this.norms.set(norm.left, norm).set(norm.right, norm);
  }

  renewedFor(node: GraphNode): GraphNode {
    if (!node.inputs.some((input) => this.norms.has(input))) return node;
    const inputs = node.inputs.map((input) => {
      const norm = this.norms.get(input);
      if (norm === undefined) return input;
      if (!this.renewed.has(input)) {
        const { left, right } = addPowerIteration(this.builder, norm);
        this.renewed.set(norm.left, left).set(norm.right, right);
      }
      return this.renewed.get(input)!;
    });
    return { ...node, inputs };
  }
}

/** The tensors a training changes: trained ones in the given order, then running statistics and spectral vectors. */
export function stateTensors(trainable: TrainableModel): ReadonlyMap<string, Tensor> {
  const { graph } = trainable.model;
  const state = new Map<string, Tensor>();
  for (const name of trainable.trainable) state.set(name, floatInitializer(graph, name));
  for (const node of movingNorms(trainable)) {
    for (const name of [node.inputs[3]!, node.inputs[4]!]) state.set(name, floatInitializer(graph, name));
  }
  for (const { left, right } of movingSpectralNorms(trainable)) {
    for (const name of [left, right]) state.set(name, floatInitializer(graph, name));
  }
  return state;
}

function floatInitializer(graph: Graph, name: string): Tensor {
  const tensor = graph.initializers.get(name);
  if (tensor === undefined || tensor.dtype !== 'float32') {
    throw new ChromarayError({
      code: 'CHROMARAY_TRAINING_TENSOR',
      message:
        tensor === undefined
          ? `The model has no tensor named "${name}", which is to be trained.`
          : `The tensor "${name}" is to be trained but is ${tensor.dtype}, not float32.`,
      remedy: 'List names of float32 initializers of the model under `trainable`.',
      details: { tensor: name },
    });
  }
  return tensor;
}

/** The nodes that `outputs` depend on, in the graph's order. */
function nodesFor(graph: Graph, outputs: readonly string[]): readonly GraphNode[] {
  const wanted = new Set(outputs);
  const kept: GraphNode[] = [];
  for (const node of [...graph.nodes].reverse()) {
    if (!node.outputs.some((output) => wanted.has(output))) continue;
    kept.push(node);
    for (const input of node.inputs) wanted.add(input);
  }
  return kept.reverse();
}

/** The batch normalisations whose running statistics a training moves. */
function movingNorms({ model, trainable, batchNorm }: TrainableModel): readonly GraphNode[] {
  if (batchNorm === 'frozen') return [];
  const trained = new Set(trainable);
  return model.graph.nodes.filter(
    ({ opType, inputs }) => opType === 'BatchNormalization' && trained.has(inputs[1] ?? ''),
  );
}

function addTrainedNorm(builder: GraphWriter, node: GraphNode, statistics: Map<string, string>): void {
  const mean = builder.unique(`${node.name}/running_mean`);
  const variance = builder.unique(`${node.name}/running_variance`);
  builder.append({
    ...node,
    outputs: [node.outputs[0]!, mean, variance],
    attributes: { ...node.attributes, training_mode: 1 },
  });
  statistics.set(node.inputs[3]!, mean).set(node.inputs[4]!, variance);
}
