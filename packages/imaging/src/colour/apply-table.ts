import type { GrayImage, Image } from '../image.js';

/**
 * Colours a gray picture by looking every pixel up in a table of 256 RGB triples (see `colourTable`).
 *
 * @returns a new picture of three channels
 */
export function applyColourTable(image: GrayImage, table: Uint8Array): Image {
  const { width, height, data } = image;
  const rgb = new Uint8Array(data.length * 3);
  for (let i = 0, to = 0; i < data.length; i++, to += 3) {
    const from = data[i]! * 3;
    rgb[to] = table[from]!;
    rgb[to + 1] = table[from + 1]!;
    rgb[to + 2] = table[from + 2]!;
  }
  return { width, height, channels: 3, data: rgb };
}
