import { findKnown, type PullOptions, pullFile } from '@chromaray/installed';
import { addColorizer } from './add.js';
import { defaultColorizerFolder, type InstalledColorizer } from './installed.js';
import { colorizerKind } from './kind.js';
import { type KnownColorizer, knownColorizers } from './registry.js';

export interface PullColorizerOptions extends PullOptions {
  readonly known?: readonly KnownColorizer[];
}

/**
 * Downloads a known colorizer and installs it, verified.
 *
 * @throws ChromarayError `CHROMARAY_COLORIZER_UNKNOWN`; those of `pullFile` and `addColorizer`
 */
export async function pullColorizer(name: string, options: PullColorizerOptions = {}): Promise<InstalledColorizer> {
  const folder = options.folder ?? defaultColorizerFolder();
  const known = findKnown(colorizerKind, name, options.known ?? knownColorizers());
  const { contract, licence } = known;
  return pullFile(colorizerKind, known, {
    ...options,
    folder,
    addOptions: `--contract ${contract}`,
    install: (file, from) => addColorizer(file, { name, contract, folder, licence, ...from }),
  });
}
