import { ChromarayError } from '@chromaray/base';
import type { GraphWriter } from '../../graph/graph-writer.js';
import { inferenceForm } from '../../graph/inference-form.js';
import type { Graph, GraphNode, Tensor } from '../../graph/types.js';
import type { TrainableModel } from '../types.js';

/** A dropout whose mask is fed at every step: uint8, 1 keeps, 0 drops. */
export interface DropoutMask {
  readonly input: string;
  readonly shape: readonly number[];
  /** Share of elements dropped, in (0, 1). */
  readonly ratio: number;
}

export interface ForwardPass {
  readonly masks: readonly DropoutMask[];
  /** New value of each running statistic that this pass moves, by the statistic's name. */
  readonly statistics: ReadonlyMap<string, string>;
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
  for (const node of nodes) {
    if (options.training && node.opType === 'Dropout') addDropout(builder, graph, node, masks);
    else if (options.training && moving.has(node.outputs[0])) addTrainedNorm(builder, node, statistics);
    else builder.append(node);
  }
  return { masks, statistics };
}

/** The tensors a training changes: trained ones in the given order, then running statistics. */
export function stateTensors(trainable: TrainableModel): ReadonlyMap<string, Tensor> {
  const { graph } = trainable.model;
  const state = new Map<string, Tensor>();
  for (const name of trainable.trainable) state.set(name, floatInitializer(graph, name));
  for (const node of movingNorms(trainable)) {
    for (const name of [node.inputs[3]!, node.inputs[4]!]) state.set(name, floatInitializer(graph, name));
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

function addDropout(builder: GraphWriter, graph: Graph, node: GraphNode, masks: DropoutMask[]): void {
  const ratio = dropoutRatio(graph, node);
  const [value, output] = [node.inputs[0]!, node.outputs[0]!];
  if (ratio === 0) {
    builder.node('Identity', [value], {}, { outputs: [output] });
    return;
  }
  const shape = builder.shape(value);
  const input = builder.input(`step/mask/${masks.length}`, 'uint8', shape);
  masks.push({ input, shape, ratio });
  const kept = builder.node('Cast', [input], { to: 1 });
  const scaled = builder.node('Mul', [kept, builder.floats(1 / (1 - ratio))]);
  builder.node('Mul', [value, scaled], {}, { outputs: [output] });
}

function dropoutRatio(graph: Graph, node: GraphNode): number {
  const attribute = node.attributes.ratio;
  const input = node.inputs[1];
  const stored = input === undefined || input === '' ? undefined : graph.initializers.get(input)?.data[0];
  const ratio =
    stored !== undefined
      ? Number(stored)
      : typeof attribute === 'object' && 'float' in attribute
        ? attribute.float
        : Number(attribute ?? 0.5);
  if (ratio >= 0 && ratio < 1) return ratio;
  throw new ChromarayError({
    code: 'CHROMARAY_TRAINING_DROPOUT',
    message: `Dropout node "${node.name}" drops a share of ${ratio}; it must be at least 0 and below 1.`,
    remedy: 'Correct the ratio in the model.',
    details: { node: node.name, ratio },
  });
}
