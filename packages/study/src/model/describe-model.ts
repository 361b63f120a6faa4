import { nearest } from '@chromaray/base';
import { inputTransform } from '@chromaray/colour';
import { type ArmSection, resolveArm } from '@chromaray/contracts';
import { codedError } from '@chromaray/contracts/errors';
import {
  createBackend,
  estimateTrainingMemory,
  loadWeights,
  type NetworkSummary,
  prepareTransfer,
  presets,
  summarizeModel,
} from '@chromaray/engine';
import { buildModel, modelName } from '@chromaray/trials';
import { readWeights } from '../prepare/read-weights.js';
import { readStudyFile } from '../study-file/read.js';

export interface DescribeModelOptions {
  /** Of a study: whose network. Default: the control. */
  readonly arm?: string;
  /** Pixels a side. Default: the study's, a preset's own; of a file, where it leaves them open, 224. */
  readonly size?: number;
  /** For the estimate of memory. Default: the study's, else 32. */
  readonly batch?: number;
}

/** What a network is made of and what it takes to train. */
export interface DescribedModel extends NetworkSummary {
  readonly name: string;
  /** Whose network, where it is a study's. */
  readonly arm: string | null;
  /** Pixels a side; null for a file that fixes them itself. */
  readonly size: number | null;
  /** Null for a model file: how it was trained does not matter any more. */
  readonly training: { readonly batch: number; readonly backend: string; readonly memoryBytes: number } | null;
}

const usualBatch = 32;
const usualSize = 224;

/**
 * What a network is made of: that of a study file (by arm), a preset, or an ONNX file. Nothing is trained.
 *
 * @param source a study file (`.yaml`, `.yml`), a model file (`.onnx`) or the name of a preset
 * @throws ChromarayError `CHROMARAY_STUDY_ARM_UNKNOWN`; what reading and building throws, `CHROMARAY_LAYERS_SHAPE` and
 *   `CHROMARAY_PRESET_UNKNOWN` among it
 */
export function describeModel(source: string, options: DescribeModelOptions = {}): DescribedModel {
  if (/\.ya?ml$/i.test(source)) return ofStudy(source, options);
  return /\.onnx$/i.test(source) ? ofFile(source, options) : ofPreset(source, options);
}

function ofStudy(file: string, options: DescribeModelOptions): DescribedModel {
  const study = readStudyFile(file);
  const arm = findArm(study.arms, options.arm, file);
  const { model, image, colour, training } = resolveArm(study, arm);
  const size = options.size ?? image.size;
  const network = buildModel(model, {
    imageSize: size,
    transform: inputTransform(colour),
    seed: 0,
    weights: readWeights(model),
  });
  const backend = createBackend(training.backend, training.provider).name;
  const described = { name: modelName(model), arm: arm.name, size };
  return trainable(described, network.model, options.batch ?? training.batch, backend);
}

function findArm(arms: readonly ArmSection[], name: string | undefined, file: string): ArmSection {
  const found = arms.find((arm) => (name === undefined ? arm.control : arm.name === name));
  if (found !== undefined) return found;
  const names = arms.map((arm) => arm.name);
  const guess = nearest(name ?? '', names);
  throw codedError('CHROMARAY_STUDY_ARM_UNKNOWN', {
    message: `${file} has no arm "${name}"; it has ${names.join(', ')}.`,
    remedy: guess === undefined ? 'Name one of these.' : `Did you mean ${guess}?`,
    details: { arm: name, arms: names },
  });
}

function ofPreset(name: string, { size, batch = usualBatch }: DescribeModelOptions): DescribedModel {
  const side = size ?? presets.find((preset) => preset.name === name)?.size ?? usualSize;
  const { model } = prepareTransfer({ preset: name, seed: 0, height: side, width: side });
  return trainable({ name, arm: null, size: side }, model, batch, createBackend().name);
}

function ofFile(file: string, { size = usualSize }: DescribeModelOptions): DescribedModel {
  const { model } = loadWeights(file);
  const isOpen = model.graph.inputs.some(({ shape }) => shape.slice(1).some((dim) => typeof dim === 'string'));
  return {
    name: file,
    arm: null,
    size: isOpen ? size : null,
    ...summarizeModel(model, undefined, size),
    training: null,
  };
}

function trainable(
  described: Pick<DescribedModel, 'name' | 'arm' | 'size'>,
  model: ReturnType<typeof buildModel>['model'],
  batch: number,
  backend: ReturnType<typeof createBackend>['name'],
): DescribedModel {
  const memoryBytes = estimateTrainingMemory(model, batch, backend);
  return { ...described, ...summarizeModel(model.model, model.trainable), training: { batch, backend, memoryBytes } };
}
