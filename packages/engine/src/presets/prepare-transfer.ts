import { ChromarayError } from '@chromaray/base';
import type { HeadOptions } from '../layers/head.js';
import type { InputScale } from '../layers/input-scale.js';
import type { InputTransform } from '../layers/input-transform.js';
import { buildStepGraph } from '../training/step/step-graph.js';
import { transferError } from '../transfer/errors.js';
import { type ImportedNetwork, importNetwork } from '../transfer/import-network.js';
import type { UntrainedConstant } from '../transfer/trainable-tensors.js';
import { type Tuned, type TuningOptions, tune } from '../transfer/tuning.js';
import { loadWeights, type WeightsFile } from '../transfer/weights-file.js';
import { halfNumbers, type WidenedNumbers } from '../transfer/widen.js';
import { buildLayers } from './own/build-layers.js';
import type { Layer } from './own/layer.js';
import { buildUntuned, findPreset } from './registry.js';

interface Shared extends TuningOptions {
  /** What the network's pixels are scaled to; a preset has its own. */
  readonly input?: InputScale;
  readonly head?: HeadOptions;
  /** How many classes the network tells apart; see `PresetOptions`. Default: 2. */
  readonly classes?: number;
  /** Pixels. Default: a preset's own size. */
  readonly height?: number;
  readonly width?: number;
  /** What the network sees of an X-ray. Default: a preset's own, or gray repeated. */
  readonly transform?: InputTransform;
  /** Seed of the weights that are not pretrained. */
  readonly seed: number | string;
}

/** A preset by name, with pretrained weights or without. */
export interface PresetSource {
  readonly preset: string;
  readonly weights?: WeightsFile | string;
}

/** Layers that a study describes itself, from random weights. */
export interface LayersSource {
  readonly layers: readonly Layer[];
}

/** Any ONNX network, cut at a tensor. */
export interface OnnxSource {
  readonly onnx: WeightsFile | string;
  /** Default: found by rule, see `Transfer.foundFeatures`. */
  readonly features?: string;
}

/** Where a network to fine-tune comes from, and how it is adapted and trained. */
export type TransferOptions = Shared & (PresetSource | OnnxSource | LayersSource);

/** A network ready for `fit`. */
export interface Transfer extends Tuned {
  /** The file that weights came from. */
  readonly weights?: WeightsFile;
  /** Constants of an ONNX network that are used as weights are and stay as they are; see `importNetwork`. */
  readonly untrained: readonly UntrainedConstant[];
  /** The tensor of an ONNX network that the head was put on, where none was named. */
  readonly foundFeatures?: string;
  /** Numbers that the file of weights has in half precision; absent where there are none. */
  readonly widened?: WidenedNumbers;
}

/**
 * Makes a network ready for training from a preset or from any ONNX classifier: loads its weights, adapts its input
 * to X-rays, cuts it at its features, adds a head, freezes what shall stay and sets how fast the rest learns.
 * Everything that cannot work is refused here, before any training.
 *
 * @example
 * const { model, learningRateFactors } = prepareTransfer({
 *   onnx: 'densenet121.onnx', features: 'features', input: 'imagenet', height: 224, width: 224,
 *   head: { dropout: 0.2 }, freeze: ['*conv0*'], learningRates: [{ match: '*', factor: 0.1 }], seed: 1,
 * });
 * await fit({ model, train, validation, options: { ...options, learningRateFactors } });
 * @throws ChromarayError what `loadWeights`, `importNetwork`, `buildPreset` and `tune` throw;
 *   `CHROMARAY_TRANSFER_INPUT` for an ONNX network without `input`; `CHROMARAY_TRANSFER_FEATURES` for tensors without a graph; `CHROMARAY_GRAPH_NO_GRADIENT` when a trained
 *   tensor lies before an operator that cannot be differentiated
 */
export function prepareTransfer(options: TransferOptions): Transfer {
  const source = 'onnx' in options ? options.onnx : 'preset' in options ? options.weights : undefined;
  const weights = typeof source === 'string' ? loadWeights(source) : source;
  const { untrained, widened, foundFeatures, ...network }: ImportedNetwork =
    'onnx' in options ? imported(options, weights!) : { ...own(options, weights), untrained: [] };
  const standard = 'preset' in options ? findPreset(options.preset).pretrained?.freeze : undefined;
  const freeze = options.freeze ?? standard ?? [];
  const tuned = tune(network, { ...options, freeze });
  // Differentiated once for two examples, so that an operator without a gradient is met now.
  buildStepGraph(
    { model: tuned.model, loss: { kind: lossFor(options.classes) }, optimizer: { kind: 'sgd' }, seed: 0 },
    2,
  );
  const reported = { untrained, ...(widened && { widened }), ...(foundFeatures !== undefined && { foundFeatures }) };
  return { ...tuned, ...reported, ...(weights === undefined ? {} : { weights }) };
}

function own(options: Shared & (PresetSource | LayersSource), weights: WeightsFile | undefined) {
  if ('preset' in options) return preset(options, weights);
  const { height, width, transform = { kind: 'gray' }, seed, classes } = options;
  if (height === undefined || width === undefined) throw missing('layers', 'height and width', 'pixels');
  return buildLayers(options.layers, { height, width, transform, seed, ...(classes === undefined ? {} : { classes }) });
}

/** The loss that a network of so many classes is trained with. */
function lossFor(classes = 2) {
  return classes > 2 ? 'categorical-cross-entropy' : 'binary-cross-entropy';
}

function preset({ preset: name, ...options }: Shared & PresetSource, weights: WeightsFile | undefined) {
  const { freeze, learningRates, batchNorm, weights: _, ...build } = options;
  if (weights === undefined) return buildUntuned(name, build);
  const numbers = halfNumbers(weights.model.graph);
  return { ...buildUntuned(name, { ...build, weights }), ...(numbers && { widened: numbers }) };
}

function imported(options: Shared & OnnxSource, weights: WeightsFile) {
  const { features, input, head, classes, height, width, transform = { kind: 'repeat' }, seed } = options;
  if (weights.model.graph.nodes.length === 0) throw withoutGraph(weights.file);
  if (input === undefined) throw missing(weights.file, 'input', 'what its pixels are scaled to, for example imagenet');
  if (height === undefined || width === undefined) throw missing(weights.file, 'height and width', 'pixels');
  return importNetwork(weights, {
    ...{ input, height, width, transform, seed },
    ...(features === undefined ? {} : { features }),
    ...(head === undefined ? {} : { head }),
    ...(classes === undefined ? {} : { classes }),
  });
}

function withoutGraph(file: string): ChromarayError {
  return transferError(
    'FEATURES',
    file,
    'the file has tensors and no graph, so that it does not say what is computed with them',
    'Export the network as ONNX, or name the preset that the tensors belong to: model: { preset: <name>, weights: <file> }.',
  );
}

function missing(file: string, option: string, meaning: string): ChromarayError {
  return new ChromarayError({
    code: 'CHROMARAY_TRANSFER_INPUT',
    message: `${file}: ${option} must be given (${meaning}); an ONNX file does not say it.`,
    remedy: 'Look it up where the network comes from: imagenet, caffe, { range: [low, high] } or { mean, sd }.',
    details: { file, option },
  });
}
