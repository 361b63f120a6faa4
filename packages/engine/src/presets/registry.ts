import { ChromarayError, isChromarayError, nearest } from '@chromaray/base';
import type { TrainableModel } from '../training/types.js';
import { buildStudyNetwork } from './original-study/build.js';
import type { StudyNetwork } from './original-study/layers.js';
import { studyNetworks } from './original-study/networks.js';
import type { Preset, PresetOptions } from './preset.js';
import { resnet18 } from './resnet18.js';
import { small } from './small.js';

/** Every preset, for lists and help. */
export const presets: readonly Preset[] = [small, resnet18, ...studyNetworks.map(studyPreset)];

export const presetNames: readonly string[] = presets.map(({ name }) => name);

/**
 * Builds an architecture by name, with random initial weights that follow from the seed. Size and input
 * transform are the preset's own unless told.
 *
 * The weights of layers that do not depend on the input's channels are the same for every transform under
 * one seed, so that arms of a study start alike.
 *
 * @throws ChromarayError `CHROMARAY_PRESET_UNKNOWN`; `CHROMARAY_PRESET_SIZE` when the image is too small for
 *   the architecture
 */
export function buildPreset(
  name: string,
  options: Partial<PresetOptions> & Pick<PresetOptions, 'seed'>,
): TrainableModel {
  const preset = findPreset(name);
  const height = options.height ?? preset.size;
  const width = options.width ?? preset.size;
  const transform = options.transform ?? preset.transform;
  try {
    return preset.build({ height, width, transform, seed: options.seed });
  } catch (error) {
    throw isShapeError(error) ? tooSmall(preset, height, width, error) : error;
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

function findPreset(name: string): Preset {
  const found = presets.find((preset) => preset.name === name);
  if (found !== undefined) return found;
  if (name === 'gray-7') {
    throw new ChromarayError({
      code: 'CHROMARAY_PRESET_WEIGHTS',
      message: 'The preset gray-7 is a frozen VGG16, whose pretrained weights do not come with Chromaray.',
      remedy: 'Choose another preset, or export VGG16 as ONNX and train that model.',
    });
  }
  const suggestion = nearest(name, presetNames);
  throw new ChromarayError({
    code: 'CHROMARAY_PRESET_UNKNOWN',
    message: `There is no preset "${name}"; there are ${presetNames.join(', ')}.`,
    remedy: suggestion === undefined ? 'Choose one of these.' : `Did you mean ${suggestion}?`,
    details: { name, names: presetNames },
  });
}
