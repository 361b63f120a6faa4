import { sha256 } from '@chromaray/base';
import { applyColourTable, colourTable, type ShuffleOptions } from '@chromaray/imaging';
import type { Colorizer } from './colorizer.js';

/**
 * A colour map as a colorizer: every gray level has one colour.
 *
 * @throws ChromarayError `CHROMARAY_COLOUR_UNKNOWN_MAP`
 */
export function mapColorizer(name: string, options: ShuffleOptions = {}): Colorizer {
  const table = colourTable(name, options);
  return {
    name,
    key: sha256(table),
    inputSize: undefined,
    valueRange: [0, 255],
    tensors: undefined,
    merge: 'none',
    colorize: async (images) => images.map((image) => applyColourTable(image, table)),
    release: async () => {},
  };
}
