import path from 'node:path';
import { findPreset } from '@chromaray/engine';
import { weightsError } from '../fault.js';
import { installFile } from '../install.js';
import { checkInstallName } from '../name.js';
import { defaultWeightsFolder, type InstalledWeights, type WeightsDescription, weightsKind } from './folder.js';
import { knownWeights } from './known.js';
import { probeWeights } from './probe.js';

export interface AddWeightsOptions {
  /** The network they are of. Default: that of the known weights of this name. */
  readonly preset?: string;
  /** Default: the file's own name. */
  readonly name?: string;
  /** The hash the file must have; else that of the file as it is now is pinned, or the published one of a known name. */
  readonly sha256?: string;
  /** Default: that of the known weights of this name. */
  readonly licence?: string;
  readonly origin?: string;
  readonly folder?: string;
}

const endings = /\.(onnx|safetensors)$/i;

/**
 * Installs weights from a file in ONNX or safetensors: checks its hash, builds the network with them, copies the file into
 * the weights' folder and pins its hash. A file that fails leaves nothing behind. Adding the same file again does nothing.
 *
 * @throws ChromarayError `CHROMARAY_WEIGHTS_` + `FORMAT`, `PRESET`, `NAME`, `EXISTS`, `MISSING`, `HASH`;
 *   `CHROMARAY_PRESET_UNKNOWN`; of a file that does not hold the network's weights what `loadWeights` and
 *   `prepareTransfer` throw, first of all `CHROMARAY_TRANSFER_WEIGHTS` with the tensors that differ
 */
export async function addWeights(file: string, options: AddWeightsOptions = {}): Promise<InstalledWeights> {
  const format = formatOf(file);
  const name = checkInstallName(weightsKind, options.name ?? path.basename(file).replace(endings, ''));
  const known = knownWeights().find((each) => each.name === name);
  const { name: preset } = findPreset(options.preset ?? known?.preset ?? missingPreset(name));
  const licence = options.licence ?? known?.licence ?? null;
  return installFile<WeightsDescription>(weightsKind, file, {
    folder: options.folder ?? defaultWeightsFolder(),
    name,
    sha256: options.sha256 ?? known?.sha256 ?? undefined,
    describe: (facts) => ({
      ...{ name, preset, format, channels: 3 as const, ...facts },
      origin: options.origin ?? path.resolve(file),
      licence,
    }),
    same: (found) => found.preset === preset,
    summary: (found) => `Another file, of weights of ${found.preset},`,
    probe: probeWeights,
  });
}

function formatOf(file: string): 'onnx' | 'safetensors' {
  const [, ending] = endings.exec(file) ?? [];
  if (ending !== undefined) return ending.toLowerCase() as 'onnx' | 'safetensors';
  throw weightsError('FORMAT', {
    message: `${file} is neither .safetensors nor .onnx.`,
    remedy:
      'Save the state dictionary with safetensors.torch.save_file(model.state_dict(), "model.safetensors"). Files of PyTorch (.pt, .pth) are pickles, which are programs, and are not read.',
    details: { file },
  });
}

function missingPreset(name: string): never {
  throw weightsError('PRESET', {
    message: `Nothing says of which network the weights "${name}" are.`,
    remedy: 'Name it: --preset densenet121, for example.',
    details: { name },
  });
}
