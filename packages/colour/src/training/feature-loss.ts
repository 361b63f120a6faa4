import { existsSync } from 'node:fs';
import path from 'node:path';
import { sha256File } from '@chromaray/base';
import { type FeatureLoss, imagenet, loadModel, lossNetwork, type ShownAs } from '@chromaray/engine';
import { optionError } from './plan.js';

/** A network whose view of a picture is learned, too. */
export interface FeatureOptions {
  /** ONNX. */
  readonly network: string;
  /** Tensors of it that are compared. */
  readonly tensors: readonly string[];
  /** Default: DeOldify's 20, 70 and 10, for three tensors. */
  readonly weights?: readonly number[];
  /** What its pixels are scaled to. Default: ImageNet's units. */
  readonly input?: 'imagenet' | { readonly range: readonly [low: number, high: number] };
}

/** What is known of a feature loss, on a card. */
export interface FeatureRecord {
  readonly network: string;
  readonly sha256: string;
  readonly layers: readonly { readonly tensor: string; readonly weight: number }[];
  readonly input: NonNullable<FeatureOptions['input']>;
}

export interface ReadFeatures {
  readonly loss: FeatureLoss;
  readonly record: FeatureRecord;
}

/** DeOldify's `FeatureLoss` (deoldify/loss.py): the last values before the third, fourth and fifth pooling of VGG16-BN. */
const deoldifyWeights = [20, 70, 10] as const;

/**
 * Reads the network of a feature loss, and looks whether it makes the tensors named.
 *
 * @throws ChromarayError `CHROMARAY_COLORIZER_TRAINING_OPTION` for weights that do not go with the tensors or no file,
 *   `CHROMARAY_TRAINING_FEATURES` for a tensor that is not there; those of `loadModel`
 */
export async function readFeatures({
  network: file,
  tensors,
  weights,
  input = 'imagenet',
}: FeatureOptions): Promise<ReadFeatures> {
  const layers = layersOf(tensors, weights);
  if (!existsSync(file)) throw optionError(`There is no feature network ${file}.`, 'Give the path of an ONNX file.');
  const network = loadModel(file);
  lossNetwork(network, tensors, `The feature network ${path.basename(file)}`);
  const shown = shownAs(input);
  return {
    loss: { kind: 'features', network, layers, distance: 'l1', ...(shown && { input: shown }) },
    record: { network: path.basename(file), sha256: await sha256File(file), layers, input },
  };
}

function layersOf(tensors: readonly string[], weights: readonly number[] | undefined): FeatureRecord['layers'] {
  if (tensors.length === 0) throw optionError('The feature loss has no tensors.', 'Name those to be compared.');
  const given = weights ?? (tensors.length === deoldifyWeights.length ? deoldifyWeights : undefined);
  if (given?.length !== tensors.length || !given.every((weight) => Number.isFinite(weight) && weight > 0)) {
    const found = given === undefined ? 'no weights' : `the weights ${given.join(', ')}`;
    throw optionError(
      `The feature loss has ${tensors.length} tensors and ${found}.`,
      'Give a number above 0 for each tensor; three have DeOldify’s 20, 70 and 10 by default.',
    );
  }
  return tensors.map((tensor, i) => ({ tensor, weight: given[i]! }));
}

/** From ImageNet's units, in which pictures are learned, to those of the network. */
function shownAs(input: FeatureRecord['input']): ShownAs | undefined {
  if (input === 'imagenet') return undefined;
  const [low, high] = input.range;
  if (!(low < high))
    throw optionError(
      `The range ${low} to ${high} of the feature network’s input is none.`,
      'Give the lower number first.',
    );
  return {
    scale: imagenet.deviation.map((deviation) => deviation * (high - low)),
    shift: imagenet.mean.map((mean) => mean * (high - low) + low),
  };
}
