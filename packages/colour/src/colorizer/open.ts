import { nearest } from '@chromaray/base';
import { colourMapNames } from '@chromaray/imaging';
import type { Colorizer } from './colorizer.js';
import { colorizerError } from './colorizer-error.js';
import { defaultColorizerFolder, installedColorizer, installedNames } from './installed.js';
import { mapColorizer } from './map-colorizer.js';
import { type OpenOptions, openNetworkColorizer } from './network-colorizer.js';
import { knownColorizers } from './registry.js';

export interface FindOptions extends OpenOptions {
  /** Where colorizers are installed. Default: the machine's folder. */
  readonly folder?: string;
}

/**
 * A colorizer by name: an installed network, or a colour map.
 *
 * @throws ChromarayError `CHROMARAY_COLORIZER_UNKNOWN`, which says how to get one that is known; those of
 *   `openNetworkColorizer`
 */
export async function openColorizer(name: string, options: FindOptions = {}): Promise<Colorizer> {
  const folder = options.folder ?? defaultColorizerFolder();
  const installed = installedColorizer(name, folder);
  if (installed !== undefined) return openNetworkColorizer(installed, options);
  if (name !== 'shuffled' && colourMapNames.some((map) => map === name)) return mapColorizer(name);
  throw notInstalled(name, folder);
}

function notInstalled(name: string, folder: string) {
  const installed = installedNames(folder);
  const known = knownColorizers().find((colorizer) => colorizer.name === name);
  const guess = nearest(name, [...installed, ...colourMapNames]);
  const has = installed.length === 0 ? 'none is installed' : `installed are ${installed.join(', ')}`;
  const add = `chromaray colorizer add <file.onnx> --name ${name}`;
  return colorizerError('UNKNOWN', {
    message: `The colorizer "${name}" is not installed in ${folder}; ${has}.`,
    remedy:
      known === undefined
        ? guess === undefined
          ? 'See chromaray colorizer list.'
          : `Did you mean ${guess}?`
        : known.url === null
          ? `${known.note} ${add} --contract ${known.contract}`
          : `Run chromaray colorizer pull ${name}.`,
    details: { name, folder, installed },
  });
}
