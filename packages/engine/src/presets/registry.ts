import { ChromarayError, isChromarayError, nearest } from '@chromaray/base';
import type { TrainableModel } from '../training/types.js';
import { transplant } from '../transfer/transplant.js';
import { tune } from '../transfer/tuning.js';
import { loadWeights, type WeightsFile } from '../transfer/weights-file.js';
import { widened } from '../transfer/widen.js';
import { mobilenet } from './mobilenet.js';
import { buildStudyNetwork } from './original-study/build.js';
import { gray7 } from './original-study/gray-7.js';
import type { StudyNetwork } from './original-study/layers.js';
import { studyNetworks } from './original-study/networks.js';
import type { Preset, PresetOptions } from './preset.js';
import { presetNames } from './preset-names.js';
import { resnet18 } from './resnet18.js';
import { small } from './small.js';
import { convnextTiny } from './torch/convnext-tiny.js';
import { densenet121 } from './torch/densenet121.js';
import { efficientnetB0 } from './torch/efficientnet-b0.js';
import { fillByName } from './torch/fill-by-name.js';
import { resnet50 } from './torch/resnet50.js';
import { vitTiny } from './torch/vit-tiny.js';

/** Every preset, for lists and help. */
export const presets: readonly Preset[] = [
  ...[small, resnet18, mobilenet, densenet121, resnet50, efficientnetB0, convnextTiny, vitTiny],
  ...studyNetworks.map(studyPreset),
  gray7,
];

/**
 * Builds an architecture by name, with random initial weights that follow from the seed. Size and input
 * transform are by default the preset's own.
 *
 * The weights of layers that do not depend on the input's channels are the same for every transform under
 * one seed, so that arms of a study start alike.
 *
 * @throws ChromarayError `CHROMARAY_PRESET_UNKNOWN`; `CHROMARAY_PRESET_SIZE` when the image is too small for
 *   the architecture; `CHROMARAY_PRESET_WEIGHTS` when weights are missing, or given to an architecture that has
 *   none; and what `loadWeights` and `transplant` throw
 *
 * @example
 * buildPreset('mobilenet-v1-0.25', { seed: 1, weights: 'mobilenet-v1-0.25-224.onnx', head: { dropout: 0.2 } });
 */
export function buildPreset(name: string, options: BuildOptions): TrainableModel {
  return tune(buildUntuned(name, options), { freeze: findPreset(name).pretrained?.freeze ?? [] }).model;
}

/** Options of a preset, of which only the seed is required. */
export type BuildOptions = Partial<PresetOptions> & Pick<PresetOptions, 'seed'>;

/** As `buildPreset`, with everything trained that can be, also what the preset freezes by itself. */
export function buildUntuned(name: string, options: BuildOptions): TrainableModel {
  const preset = findPreset(name);
  const height = options.height ?? preset.size;
  const width = options.width ?? preset.size;
  const transform = options.transform ?? preset.transform;
  checkPretrained(preset, options);
  const weights = inFloat32(typeof options.weights === 'string' ? loadWeights(options.weights) : options.weights);
  try {
    const given = weights === undefined ? {} : { weights };
    const network = preset.build({ ...options, ...given, height, width, transform });
    if (weights === undefined) return network;
    const classifier = preset.pretrained?.classifier;
    return classifier === undefined
      ? transplant(network, name, weights)
      : fillByName(network, { preset: name, classifier }, weights);
  } catch (error) {
    throw isShapeError(error) ? tooSmall(preset, height, width, error) : error;
  }
}

/** Half precision is read as the same numbers in float32. */
function inFloat32(weights: WeightsFile | undefined): WeightsFile | undefined {
  if (weights === undefined) return undefined;
  const { graph } = widened(weights.model.graph);
  return graph === weights.model.graph ? weights : { ...weights, model: { ...weights.model, graph } };
}

function checkPretrained({ name, pretrained }: Preset, options: BuildOptions): void {
  if (pretrained?.weights === 'required' && options.weights === undefined) {
    throw new ChromarayError({
      code: 'CHROMARAY_PRESET_WEIGHTS',
      message: `The preset ${name} needs pretrained weights, which do not come with Chromaray.`,
      remedy: 'Export the network as ONNX and name the file: weights: <file>.',
      details: { preset: name },
    });
  }
  const given = (['weights', 'input', 'head'] as const).find((key) => options[key] !== undefined);
  if (pretrained === undefined && given !== undefined) {
    const others = presets.filter((preset) => preset.pretrained !== undefined).map((preset) => preset.name);
    throw new ChromarayError({
      code: 'CHROMARAY_PRESET_WEIGHTS',
      message: `The preset ${name} is not a pretrained one; "${given}" has no meaning for it.`,
      remedy: `Remove it, or choose one of ${others.join(', ')}.`,
      details: { preset: name, option: given },
    });
  }
}

function isShapeError(error: unknown): boolean {
  return isChromarayError(error) && (error as ChromarayError).code === 'CHROMARAY_GRAPH_SHAPE';
}

function tooSmall({ name, size }: Preset, height: number, width: number, cause: unknown): ChromarayError {
  return new ChromarayError({
    code: 'CHROMARAY_PRESET_SIZE',
    message: `Images of ${height}x${width} are too small for the preset ${name}, which was designed for ${size}x${size}.`,
    remedy: 'Choose larger images or another preset.',
    cause,
    details: { preset: name, height, width },
  });
}

function studyPreset(study: StudyNetwork): Preset {
  const { name, description, size, channels } = study;
  return {
    name,
    description: `original study: ${description}`,
    size,
    transform: channels === 1 ? { kind: 'gray' } : { kind: 'repeat' },
    build: (options) => buildStudyNetwork(study, options),
  };
}

/** @throws ChromarayError `CHROMARAY_PRESET_UNKNOWN` */
export function findPreset(name: string): Preset {
  const found = presets.find((preset) => preset.name === name);
  if (found !== undefined) return found;
  const suggestion = nearest(name, presetNames);
  throw new ChromarayError({
    code: 'CHROMARAY_PRESET_UNKNOWN',
    message: `There is no preset "${name}"; there are ${presetNames.join(', ')}.`,
    remedy: suggestion === undefined ? 'Choose one of these.' : `Did you mean ${suggestion}?`,
    details: { name, names: presetNames },
  });
}
