import { nearest } from '@chromaray/base';
import { trainedNameOf } from '@chromaray/contracts';
import { colourMapNames } from '@chromaray/imaging';
import { colorizerError } from '../errors/colorizer-error.js';
import type { Colorizer } from './colorizer.js';
import { defaultColorizerFolder } from './installed.js';
import { mapColorizer } from './map-colorizer.js';
import { type OpenOptions, openNetworkColorizer } from './network-colorizer.js';
import { knownColorizers } from './registry.js';
import { availableColorizer, availableNames, untrainedNames } from './shipped.js';
import { openUntrainedColorizer } from './untrained.js';

export interface FindOptions extends OpenOptions {
  /** Where colorizers are installed. Default: the machine's folder. */
  readonly folder?: string;
  /** Of an untrained twin's random weights. Default 0. */
  readonly seed?: number | string;
}

/**
 * A colorizer by name: a network that comes with the program or is installed, the untrained twin of one
 * (`photo-small-untrained`), or a colour map.
 *
 * @throws ChromarayError `CHROMARAY_COLORIZER_UNKNOWN`, which says how to get one that is known; those of
 *   `openNetworkColorizer` and `openUntrainedColorizer`
 */
export async function openColorizer(name: string, options: FindOptions = {}): Promise<Colorizer> {
  const folder = options.folder ?? defaultColorizerFolder();
  const installed = availableColorizer(name, folder);
  if (installed !== undefined) return openNetworkColorizer(installed, options);
  const trained = trainedNameOf(name);
  if (trained !== undefined) return openUntrainedColorizer(trained, { ...options, seed: options.seed ?? 0 });
  if (name !== 'shuffled' && colourMapNames.some((map) => map === name)) return mapColorizer(name);
  throw notInstalled(name, folder);
}

function notInstalled(name: string, folder: string) {
  const available = [...availableNames(folder), ...untrainedNames(folder)];
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
