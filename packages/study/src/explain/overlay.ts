import { colourTable, type Image, type Size, stretchPlane } from '@chromaray/imaging';

/** How strongly colour covers the X-ray. */
const opacity = 0.5;
/** Share of the strongest evidence at which a line is drawn. */
const contour = 0.5;

/** A map at the size of its picture, scaled so that its strongest place is 1; zeros for a flat map. */
export function scaledMap(map: Float32Array, from: Size, to: Size): Float32Array {
  const stretched = stretchPlane(map, from, to);
  const strongest = stretched.reduce((most, value) => Math.max(most, value), 0);
  return strongest === 0 ? new Float32Array(stretched.length) : stretched.map((value) => value / strongest);
}

/**
 * An X-ray under its map. The colours rise in lightness with the evidence (Matplotlib's inferno), and a white line in
 * a black one encloses what has at least half of the strongest: both can be read in gray and by colour-blind readers.
 *
 * @param gray one channel, of the map's size
 */
export function overlay(gray: Image, map: Float32Array): Image {
  const { width, height } = gray;
  const table = colourTable('inferno');
  const data = new Uint8Array(width * height * 3);
  for (let i = 0; i < width * height; i++) {
    const level = Math.round(255 * map[i]!) * 3;
    for (let channel = 0; channel < 3; channel++) {
      data[3 * i + channel] = (1 - opacity) * gray.data[i]! + opacity * table[level + channel]!;
    }
  }
  const inside = (x: number, y: number): boolean =>
    x >= 0 && y >= 0 && x < width && y < height && map[y * width + x]! >= contour;
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const neighbours = [inside(x - 1, y), inside(x + 1, y), inside(x, y - 1), inside(x, y + 1)];
      const here = inside(x, y);
      if (here && neighbours.includes(false)) data.fill(255, 3 * (y * width + x), 3 * (y * width + x) + 3);
      if (!here && neighbours.includes(true)) data.fill(0, 3 * (y * width + x), 3 * (y * width + x) + 3);
    }
  }
  return { width, height, channels: 3, data };
}

/** Two pictures of one size side by side. */
export function beside(left: Image, right: Image): Image {
  const { width, height } = left;
  const data = new Uint8Array(width * 2 * height * 3);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      for (let channel = 0; channel < 3; channel++) {
        const to = (y * 2 * width + x) * 3 + channel;
        data[to] = sample(left, x, y, channel);
        data[to + 3 * width] = sample(right, x, y, channel);
      }
    }
  }
  return { width: 2 * width, height, channels: 3, data };
}

function sample({ width, channels, data }: Image, x: number, y: number, channel: number): number {
  return data[(y * width + x) * channels + (channels === 1 ? 0 : channel)]!;
}
