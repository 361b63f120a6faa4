import path from 'node:path';
import type { ChromarayError } from '@chromaray/base';
import type { ModelSection, WeightsRecord } from '@chromaray/contracts';
import { codedError } from '@chromaray/contracts/errors';
import { type InputTransform, loadWeights, prepareTransfer, type Transfer, type WeightsFile } from '@chromaray/engine';
import { weightsPath } from './model-name.js';

export interface BuildModelOptions {
  readonly imageSize: number;
  readonly transform: InputTransform;
  readonly seed: number;
  /** How many classes the network tells apart. Default: 2. */
  readonly classes?: number | undefined;
  /** Read already; they are otherwise read from `weightsFile`, or from the path in the model section. */
  readonly weights?: WeightsFile | undefined;
  readonly weightsFile?: string | undefined;
  /** What the file must still be, as it was when the study was planned. */
  readonly weightsHash?: string | undefined;
}

/**
 * The network of a trial.
 *
 * @throws ChromarayError what `prepareTransfer` throws; `CHROMARAY_STUDY_WEIGHTS_CHANGED` when the file of weights
 *   is no longer the one the study was planned with
 */
export function buildModel(model: ModelSection, options: BuildModelOptions): Transfer {
  const { imageSize, transform, seed, classes, weightsHash, weightsFile = weightsPath(model) } = options;
  const weights = options.weights ?? (weightsFile === undefined ? undefined : loadWeights(weightsFile));
  if (weightsHash !== undefined && weights?.sha256 !== weightsHash) throw changed(weightsFile ?? '');
  const { preset, onnx: _, weights: __, features, layers, ...rest } = model;
  const outputs = classes === undefined ? {} : { classes };
  const shared = { ...rest, ...outputs, height: imageSize, width: imageSize, transform, seed };
  if (layers !== undefined) return prepareTransfer({ ...shared, layers });
  return prepareTransfer(
    preset === undefined
      ? { ...shared, onnx: weights!, ...(features === undefined ? {} : { features }) }
      : { ...shared, preset, ...(weights === undefined ? {} : { weights }) },
  );
}

export function weightsRecord({ file, sha256, licence }: WeightsFile): WeightsRecord {
  return { file: path.basename(file), sha256, licence: licence ?? null };
}

/** What of the model section decides numbers: file contents in place of paths. */
export function modelIdentity(model: ModelSection, weights: WeightsFile | undefined): ModelSection {
  if (weights === undefined) return model;
  const { sha256 } = weights;
  return { ...model, ...(model.onnx === undefined ? { weights: sha256 } : { onnx: sha256 }) };
}

function changed(file: string): ChromarayError {
  return codedError('CHROMARAY_STUDY_WEIGHTS_CHANGED', {
    message: `The file of weights ${file} was changed while the study ran.`,
    details: { file },
  });
}
