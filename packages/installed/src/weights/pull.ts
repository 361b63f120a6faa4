import { findKnown } from '../known.js';
import { type PullOptions, pullFile } from '../pull.js';
import { addWeights } from './add.js';
import { defaultWeightsFolder, type InstalledWeights, weightsKind } from './folder.js';
import { type KnownWeights, knownWeights } from './known.js';

export interface PullWeightsOptions extends PullOptions {
  readonly known?: readonly KnownWeights[];
}

/**
 * Downloads known weights and installs them, verified.
 *
 * @throws ChromarayError `CHROMARAY_WEIGHTS_UNKNOWN`; those of `pullFile` and `addWeights`
 */
export async function pullWeights(name: string, options: PullWeightsOptions = {}): Promise<InstalledWeights> {
  const folder = options.folder ?? defaultWeightsFolder();
  const known = findKnown(weightsKind, name, options.known ?? knownWeights());
  const { preset, licence } = known;
  return pullFile(weightsKind, known, {
    ...options,
    folder,
    addOptions: `--preset ${preset}`,
    install: (file, from) => addWeights(file, { name, preset, folder, licence, ...from }),
  });
}
