/** Pretrained weights of this machine: a folder of files that are pinned to their hash. */
import { presets } from '@chromaray/engine';
import { z } from 'zod';
import { allIn, defaultFolder, namesIn } from '../folder.js';
import type { Description, Installed, InstallKind } from '../kind.js';
import { removeFile } from '../remove.js';

export interface WeightsDescription extends Description {
  /** The network that the file holds weights of. */
  readonly preset: string;
  readonly format: 'onnx' | 'safetensors';
  /** Channels of its first convolution. */
  readonly channels: 1 | 3;
}

export type InstalledWeights = Installed<WeightsDescription>;

const schema = z.strictObject({
  name: z.string(),
  preset: z.enum(presets.map(({ name }) => name)),
  format: z.enum(['onnx', 'safetensors']),
  channels: z.union([z.literal(1), z.literal(3)]),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  bytes: z.number().int().nonnegative(),
  origin: z.string(),
  licence: z.string().nullable(),
});

export const weightsKind: InstallKind<WeightsDescription> = {
  area: 'WEIGHTS',
  noun: 'weights',
  folder: 'weights',
  fileArgument: '<file>',
  schema,
  extension: ({ format }) => `.${format}`,
};

/** Default folder of weights: `weights` in `CHROMARAY_HOME`, else in `.chromaray` of the home folder. */
export function defaultWeightsFolder(): string {
  return defaultFolder(weightsKind);
}

/**
 * All that are installed, by name. A folder that does not exist holds none.
 *
 * @throws ChromarayError `CHROMARAY_WEIGHTS_DESCRIPTION` for a description that cannot be read
 */
export function installedWeights(folder = defaultWeightsFolder()): readonly InstalledWeights[] {
  return allIn(weightsKind, folder);
}

/** Their names alone. */
export function weightsNames(folder = defaultWeightsFolder()): readonly string[] {
  return namesIn(folder);
}

/** Removes installed weights; throws `CHROMARAY_WEIGHTS_UNKNOWN` where there are none of this name. */
export function removeWeights(name: string, folder = defaultWeightsFolder()): InstalledWeights {
  return removeFile(weightsKind, folder, name);
}
