import type { GrayImage, Image } from '../image.js';
import { applyColourTable } from './apply-table.js';
import { smoothRandomName } from './colour-map-names.js';
import { colourTable, type ShuffleOptions } from './colour-table.js';
import { type SmoothRandomOptions, smoothRandom } from './smooth-random.js';

/** What a colouring may need besides its name; what it has no use for is not looked at. */
export interface NamedColouringOptions extends ShuffleOptions, SmoothRandomOptions {}

/**
 * Colours by name, a name of `colouringNames`: a colour map, or the random colouring.
 *
 * @returns a function that colours one picture
 * @throws ChromarayError `CHROMARAY_COLOUR_UNKNOWN_MAP`
 */
export function namedColouring(name: string, options: NamedColouringOptions = {}): (gray: GrayImage) => Image {
  if (name === smoothRandomName) return smoothRandom(options);
  const table = colourTable(name, options);
  return (gray) => applyColourTable(gray, table);
}
