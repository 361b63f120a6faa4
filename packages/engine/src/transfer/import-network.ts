import { type ChromarayError, isChromarayError } from '@chromaray/base';
import { foldConstants } from '../builder/fold-constants.js';
import { inferShapes } from '../builder/infer-shapes.js';
import { upgradeOpset } from '../builder/upgrade-opset.js';
import { defaultOpset } from '../graph/opset.js';
import { removeDeadNodes } from '../graph/prune.js';
import type { Dim, Graph, Model, ValueInfo, ValueType } from '../graph/types.js';
import { addHead, type HeadOptions } from '../layers/head.js';
import { addInputScale, type InputScale } from '../layers/input-scale.js';
import { addInput, type InputTransform } from '../layers/input-transform.js';
import { NetworkBuilder } from '../layers/network-builder.js';
import type { TrainableModel } from '../training/types.js';
import { cutAtFeatures } from './cut.js';
import { embed } from './embed.js';
import { transferError } from './errors.js';
import { openBatch } from './open-batch.js';
import { pictureInput } from './picture-input.js';
import { refuseQuantised } from './quantised.js';
import { trainableTensors, type UntrainedConstant } from './trainable-tensors.js';
import { refuseUnknownOperators } from './unknown-operators.js';
import type { WeightsFile } from './weights-file.js';
import { type WidenedNumbers, widened } from './widen.js';

/** How a network from elsewhere is put to use. */
export interface ImportOptions {
  /**
   * The tensor that a new head goes on: [batch, n], or [batch, channels, height, width], which is pooled. Default: found
   * by rule, see `findFeatures`.
   */
  readonly features?: string;
  /** What the network's pixels are scaled to; how it was trained decides, and no file says it. */
  readonly input: InputScale;
  readonly head?: HeadOptions;
  /** As of a preset. Default: 2. */
  readonly classes?: number;
  /** Pixels. */
  readonly height: number;
  readonly width: number;
  readonly transform: InputTransform;
  /** Seed of the head's initial weights. */
  readonly seed: number | string;
}

/** A network from elsewhere, ready for training. */
export interface ImportedNetwork extends TrainableModel {
  /** Constants of the file that are used as weights are and stay as they are. */
  readonly untrained: readonly UntrainedConstant[];
  /** The tensor that the head was put on, where none was named. */
  readonly foundFeatures?: string;
  /** Numbers that the file has in half precision, its classifier's included; they are read as float32. */
  readonly widened?: WidenedNumbers;
}

/**
 * Makes a trainable network with one output of a pretrained one: input transform and scaling in front, cut at its
 * features, a new head behind. All of its weights are trained, also where the file has them behind operators that only
 * transpose, regroup or convert them, and numbers in half precision are widened to float32; `tune` freezes. Sizes that the file leaves open, the
 * batch among them, are bound; a batch of 1 that was written down by its exporter is opened. The input may be
 * [batch, channels, height, width] or, as TensorFlow has it, [batch, height, width, channels].
 *
 * @throws ChromarayError before anything is computed: `CHROMARAY_TRANSFER_FEATURES`, `_INPUT`, `_CHANNELS`, `_SIZE`,
 *   `_QUANTISED`, `_TYPE` and `_OPERATOR`, each naming the file and what to do
 */
export function importNetwork(weights: WeightsFile, options: ImportOptions): ImportedNetwork {
  const { height, width } = options;
  const { file } = weights;
  const wide = widened(weights.model.graph);
  const model = { ...weights.model, graph: wide.graph };
  const { graph, input, features } = cutAtFeatures(model, options.features, file);
  refuseQuantised(graph, file);
  refuseUnknownOperators(graph, file);
  const picture = pictureInput(input, { height, width }, file);
  const exported = typeof input.shape[0] === 'number' ? input.shape[0] : undefined;
  const { graph: ready, opset } = prepared(model, graph, picture.input, exported, file);
  const type = featuresType(ready, opset, features, file);

  const network = new NetworkBuilder('transfer', options.seed, opset);
  for (const [domain, version] of model.opsets) if (domain !== '') network.domains.set(domain, version);
  const scaled = addInputScale(network, addInput(network, options.transform, options, picture.channels), options.input);
  const given = picture.channelsLast ? network.graph.node('Transpose', [scaled], { perm: [0, 2, 3, 1] }) : scaled;
  const { trained, untrained } = trainableTensors(ready);
  const names = embed(network, ready, new Map([[input.name, given]]), new Set(trained));
  const value = names.get(features) ?? features;
  checkRank(type, features, file);
  const found = options.features === undefined ? { foundFeatures: features } : {};
  const finished = { ...network.finish(addHead(network, value, options.head, options.classes)), untrained, ...found };
  return wide.numbers === undefined ? finished : { ...finished, widened: wide.numbers };
}

/** The graph at these sizes, in an operator set that can be trained, with what follows from sizes worked out. */
export function prepared(
  model: Model,
  graph: Graph,
  input: ValueInfo,
  exported: number | undefined,
  file: string,
): { graph: Graph; opset: number } {
  try {
    const open = openBatch({ ...graph, outputs: [] }, model.opsets.get('')!, input, exported);
    const needed = removeDeadNodes({ ...open, outputs: graph.outputs });
    const upgraded = upgradeOpset({ ...model, graph: { ...needed, outputs: [] } }, defaultOpset);
    const opset = upgraded.opsets.get('')!;
    return { graph: foldConstants({ ...upgraded.graph, outputs: graph.outputs }, opset), opset };
  } catch (error) {
    throw isChromarayError(error) ? sizeError(error, input, file) : error;
  }
}

/** What does not fit at these sizes is said with them. */
function sizeError(error: Error, input: ValueInfo, file: string): ChromarayError {
  const { code, message } = error as ChromarayError;
  if (code !== 'CHROMARAY_GRAPH_SHAPE' && code !== 'CHROMARAY_GRAPH_NODE') return error as ChromarayError;
  return transferError(
    'SIZE',
    file,
    `it cannot take pictures of [${input.shape.join(', ')}] (${message.replace(/\.$/, '')})`,
    'Use the size that the network was exported for, or export it with open height and width.',
    { shape: input.shape },
  );
}

/** The features for two examples at once: what is not computed for each example by itself would show here. */
function featuresType(graph: Graph, opset: number, features: string, file: string): ValueType {
  const [input] = graph.inputs;
  const two = { ...graph, inputs: [{ ...input!, shape: [2, ...input!.shape.slice(1)] }] };
  const type = inferShapes(two, opset).get(features)!;
  if (type.shape[0] !== 2) {
    throw transferError(
      'FEATURES',
      file,
      `the tensor "${features}" is [${type.shape.join(', ')}] for two pictures; its first size must be their number`,
      'Name a tensor with one row for each picture, or export the model with an open batch size.',
      { features, shape: type.shape },
    );
  }
  return type;
}

function checkRank({ dtype, shape }: ValueType, features: string, file: string): void {
  const sizes: readonly Dim[] = shape.slice(1);
  const isKnown = sizes.every((size) => typeof size === 'number');
  if (dtype === 'float32' && isKnown && (sizes.length === 1 || sizes.length === 3)) return;
  throw transferError(
    'FEATURES',
    file,
    `the tensor "${features}" is ${dtype} [batch, ${sizes.join(', ')}]; a head goes on float32 [batch, n] or [batch, channels, height, width]`,
    isKnown
      ? 'Name the tensor after pooling or flattening.'
      : 'Export the model with all sizes known, or name an earlier tensor.',
    { features, dtype, shape },
  );
}
