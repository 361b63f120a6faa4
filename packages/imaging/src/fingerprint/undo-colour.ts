import { colourMapNames } from '../colour/colour-map-names.js';
import { colourTable } from '../colour/colour-table.js';
import type { GrayImage, Image } from '../image.js';

/** A picture before it was coloured, and with what. */
export interface Uncoloured {
  readonly map: string;
  readonly gray: GrayImage;
}

/** A shuffled map has the colours of another, and neighbours on it are so unlike that JPEG destroys what it showed. */
const maps = colourMapNames.filter((map) => map !== 'shuffled');
/** Colours are looked up to this many bits of a channel. */
const bits = 5;
const step = 2 ** (8 - bits);
/** Pixels by which a map is recognised. */
const sampled = 1024;
/** Root mean square distance from the map's colours, in levels: JPEG at quality 75 moves colours by about half as much. */
const largestDistance = 24;

/**
 * Undoes a colour map of this program: every pixel becomes the gray level whose colour is nearest to it.
 * A picture whose colours lie on no map, such as one tinted by a network, gives undefined; so does a gray one.
 */
export function undoColour(image: Image): Uncoloured | undefined {
  if (image.channels !== 3) return undefined;
  const distances = maps.map((map) => distanceFrom(image, lookupOf(map)));
  const nearest = Math.min(...distances);
  const map = maps[distances.indexOf(nearest)]!;
  // Gray pictures lie on the gray map, which has nothing to undo.
  if (nearest > largestDistance || map === 'gray') return undefined;
  const { level } = lookupOf(map);
  const { width, height, data } = image;
  const gray = new Uint8Array(width * height);
  for (let i = 0, from = 0; i < gray.length; i++, from += 3) gray[i] = level[cellOf(data, from)]!;
  return { map, gray: { width, height, channels: 1, data: gray } };
}

interface Lookup {
  /** Gray level of the nearest colour on the map, by cell of the colour cube. */
  readonly level: Uint8Array;
  /** Squared distance from it. */
  readonly distance: Float32Array;
}

const lookups = new Map<string, Lookup>();

function lookupOf(map: string): Lookup {
  let lookup = lookups.get(map);
  if (lookup === undefined) {
    lookup = makeLookup(colourTable(map));
    lookups.set(map, lookup);
  }
  return lookup;
}

function makeLookup(table: Uint8Array): Lookup {
  const cells = 2 ** (3 * bits);
  const level = new Uint8Array(cells);
  const distance = new Float32Array(cells);
  for (let cell = 0; cell < cells; cell++) {
    const channel = (shift: number): number => ((cell >> shift) % 2 ** bits) * step + step / 2;
    const [red, green, blue] = [channel(2 * bits), channel(bits), channel(0)];
    let [nearest, least] = [0, Number.POSITIVE_INFINITY];
    for (let v = 0; v < 256; v++) {
      const squared = (table[3 * v]! - red) ** 2 + (table[3 * v + 1]! - green) ** 2 + (table[3 * v + 2]! - blue) ** 2;
      if (squared < least) [nearest, least] = [v, squared];
    }
    level[cell] = nearest;
    distance[cell] = least;
  }
  return { level, distance };
}

function cellOf(data: Uint8Array, from: number): number {
  const shift = 8 - bits;
  return ((data[from]! >> shift) << (2 * bits)) | ((data[from + 1]! >> shift) << bits) | (data[from + 2]! >> shift);
}

function distanceFrom({ data }: Image, { distance }: Lookup): number {
  const pixels = data.length / 3;
  const stride = Math.max(1, Math.floor(pixels / sampled));
  let sum = 0;
  let count = 0;
  for (let i = 0; i < pixels; i += stride, count++) sum += distance[cellOf(data, 3 * i)]!;
  return Math.sqrt(sum / count);
}
