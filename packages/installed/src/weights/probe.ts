import { findPreset, type InputScale, loadWeights, prepareTransfer, type WeightsFile } from '@chromaray/engine';
import type { InstalledWeights, WeightsDescription } from './folder.js';

/** Of a network whose own scaling is of three channels; which numbers does not matter to whether weights fit. */
const anyScale: InputScale = { range: [0, 1] };

/**
 * Builds the network with the weights, so that a file of another one is refused when it is added.
 *
 * @returns the description, with the channels of the first convolution
 * @throws ChromarayError what `loadWeights` and `prepareTransfer` throw; of another network `CHROMARAY_TRANSFER_WEIGHTS`,
 *   with the tensors that differ
 */
export function probeWeights({ file, ...description }: InstalledWeights): WeightsDescription {
  const weights = loadWeights(file);
  const { preset } = description;
  const { size } = findPreset(preset);
  const channels = channelsOf(weights);
  prepareTransfer({
    ...{ preset, weights, seed: 0, height: size, width: size },
    ...(channels === 1 && { input: anyScale, transform: { kind: 'gray' as const } }),
  });
  return { ...description, channels };
}

/** The first convolution is the one of the fewest channels, which have to be one or three. */
function channelsOf({ model: { graph } }: WeightsFile): 1 | 3 {
  const kernels = [...graph.initializers.values()].filter(({ dims }) => dims.length === 4);
  const firstOf = kernels.find(({ dims }) => dims[1] === 3);
  return firstOf === undefined ? 1 : 3;
}
