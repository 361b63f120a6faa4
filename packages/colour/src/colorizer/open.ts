import { nearest } from '@chromaray/base';
import { colourMapNames } from '@chromaray/imaging';
import type { Colorizer } from './colorizer.js';
import { colorizerError } from './colorizer-error.js';
import { defaultColorizerFolder } from './installed.js';
import { mapColorizer } from './map-colorizer.js';
import { type OpenOptions, openNetworkColorizer } from './network-colorizer.js';
import { knownColorizers } from './registry.js';
import { availableColorizer, availableNames } from './shipped.js';

export interface FindOptions extends OpenOptions {
  /** Where colorizers are installed. Default: the machine's folder. */
  readonly folder?: string;
}

/**
 * A colorizer by name: a network that comes with the program or is installed, or a colour map.
 *
 * @throws ChromarayError `CHROMARAY_COLORIZER_UNKNOWN`, which says how to get one that is known; those of
 *   `openNetworkColorizer`
 */
export async function openColorizer(name: string, options: FindOptions = {}): Promise<Colorizer> {
  const folder = options.folder ?? defaultColorizerFolder();
  const installed = availableColorizer(name, folder);
  if (installed !== undefined) return openNetworkColorizer(installed, options);
  if (name !== 'shuffled' && colourMapNames.some((map) => map === name)) return mapColorizer(name);
  throw notInstalled(name, folder);
}

function notInstalled(name: string, folder: string) {
  const available = availableNames(folder);
  const known = knownColorizers().find((colorizer) => colorizer.name === name);
  const guess = nearest(name, [...available, ...colourMapNames]);
  const has = available.length === 0 ? 'none is' : `${available.join(', ')} can be used`;
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
    details: { name, folder, available },
  });
}
