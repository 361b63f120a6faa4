import { ChromarayError, nearest, Random } from '@chromaray/base';
import { colouringNames, colourMapNames } from './colour-map-names.js';
import { segmentMaps, segmentTable } from './segments.js';
import { cividis } from './tables/cividis.js';
import { inferno } from './tables/inferno.js';
import { magma } from './tables/magma.js';
import { plasma } from './tables/plasma.js';
import { turbo } from './tables/turbo.js';
import { viridis } from './tables/viridis.js';

const published = { viridis, magma, inferno, plasma, cividis, turbo };

/** For `shuffled` only. */
export interface ShuffleOptions {
  /** Which order; default 0. */
  readonly seed?: number | string;
  /** Whose entries are shuffled; default `turbo`. */
  readonly of?: string;
}

/**
 * A colour map as a table: the colour of gray level `v` (0 to 255) is `table[3 v]`, `[3 v + 1]`, `[3 v + 2]`.
 *
 * `shuffled` holds the entries of another map in an order drawn from the seed: as many colours and as much
 * contrast, without the order that makes neighbouring gray levels look alike. It is the control that tells
 * whether a map's order or merely having colours made a difference.
 *
 * @returns a new array of 768 samples, 256 RGB triples
 * @throws ChromarayError `CHROMARAY_COLOUR_UNKNOWN_MAP`, with the nearest name
 */
export function colourTable(name: string, options: ShuffleOptions = {}): Uint8Array {
  if (name === 'shuffled') return shuffle(colourTable(options.of ?? 'turbo'), options.seed ?? 0);
  if (Object.hasOwn(published, name))
    return new Uint8Array(Buffer.from(published[name as keyof typeof published], 'base64'));
  if (Object.hasOwn(segmentMaps, name)) return segmentTable(segmentMaps[name as keyof typeof segmentMaps]);
  const meant = nearest(name, colouringNames);
  throw new ChromarayError({
    code: 'CHROMARAY_COLOUR_UNKNOWN_MAP',
    message: `There is no colour map named ${JSON.stringify(name)}; the maps are ${colourMapNames.join(', ')}.`,
    remedy: meant ? `Did you mean ${meant}?` : 'Use one of these names.',
    details: { name, names: colourMapNames, ...(meant && { nearest: meant }) },
  });
}

function shuffle(table: Uint8Array, seed: number | string): Uint8Array {
  const order = new Random(seed).fork('shuffled colour table').permutation(256);
  const result = new Uint8Array(table.length);
  for (const [to, from] of order.entries()) result.set(table.subarray(from * 3, from * 3 + 3), to * 3);
  return result;
}
