import type { GrayImage } from '../image.js';

export interface ClaheOptions {
  /** The most often a level may occur in a tile, in multiples of the mean over 256 levels. Default 2. */
  readonly clipLimit?: number;
  /** Tiles along each side. Default 8. */
  readonly tiles?: number;
}

const levels = 256;

/**
 * Contrast-limited adaptive histogram equalisation (Zuiderveld, Graphics Gems IV, 1994) as OpenCV's
 * `createCLAHE` computes it: each tile's histogram is cut at the limit, what was cut is spread evenly, and
 * every pixel is mapped by the four nearest tiles, weighted by nearness. Sides that the tiles do not divide
 * are mirrored outward.
 */
export function clahe(image: GrayImage, options: ClaheOptions = {}): GrayImage {
  const { clipLimit = 2, tiles = 8 } = options;
  const { width, height, data } = image;
  const [tileWidth, tileHeight] = tileSize(image, tiles);
  const tables = new Uint8Array(tiles * tiles * levels);
  for (let row = 0; row < tiles; row++) {
    for (let column = 0; column < tiles; column++) {
      const histogram = tileHistogram(image, column * tileWidth, row * tileHeight, tileWidth, tileHeight);
      limit(histogram, clipLimit, tileWidth * tileHeight);
      equalise(histogram, tileWidth * tileHeight, tables.subarray((row * tiles + column) * levels));
    }
  }
  const columns = nearestTiles(width, tileWidth, tiles);
  const rows = nearestTiles(height, tileHeight, tiles);
  const result = new Uint8Array(data.length);
  for (let y = 0, at = 0; y < height; y++) {
    const upper = rows.first[y]! * tiles;
    const lower = rows.second[y]! * tiles;
    const down = rows.share[y]!;
    for (let x = 0; x < width; x++, at++) {
      const across = columns.share[x]!;
      const left = columns.first[x]!;
      const right = columns.second[x]!;
      const value = data[at]!;
      const top =
        tables[(upper + left) * levels + value]! * (1 - across) + tables[(upper + right) * levels + value]! * across;
      const bottom =
        tables[(lower + left) * levels + value]! * (1 - across) + tables[(lower + right) * levels + value]! * across;
      result[at] = halfToEven(top * (1 - down) + bottom * down);
    }
  }
  return { width, height, channels: 1, data: result };
}

/** Where one side is divided by the tiles and the other not, OpenCV adds a whole pixel to the tiles of both. */
function tileSize({ width, height }: GrayImage, tiles: number): [width: number, height: number] {
  if (width % tiles === 0 && height % tiles === 0) return [width / tiles, height / tiles];
  return [Math.floor(width / tiles) + 1, Math.floor(height / tiles) + 1];
}

function tileHistogram({ width, height, data }: GrayImage, left: number, top: number, w: number, h: number) {
  const histogram = new Int32Array(levels);
  for (let y = top; y < top + h; y++) {
    const row = mirrored(y, height) * width;
    for (let x = left; x < left + w; x++) histogram[data[row + mirrored(x, width)]!]!++;
  }
  return histogram;
}

/** A place beyond the last sample, reflected at that sample; folded again where a side is shorter than the tiles. */
function mirrored(place: number, side: number): number {
  if (side === 1) return 0;
  const period = 2 * (side - 1);
  const within = place % period;
  return within < side ? within : period - within;
}

/** Cuts counts above the limit and spreads the excess, the remainder over evenly spaced levels. */
function limit(histogram: Int32Array, clipLimit: number, area: number): void {
  const most = Math.max(1, Math.trunc((clipLimit * area) / levels));
  let excess = 0;
  for (let i = 0; i < levels; i++) {
    if (histogram[i]! <= most) continue;
    excess += histogram[i]! - most;
    histogram[i] = most;
  }
  const each = Math.trunc(excess / levels);
  let rest = excess - each * levels;
  for (let i = 0; i < levels; i++) histogram[i]! += each;
  const step = Math.max(1, Math.trunc(levels / Math.max(1, rest)));
  for (let i = 0; i < levels && rest > 0; i += step, rest--) histogram[i]!++;
}

function equalise(histogram: Int32Array, area: number, table: Uint8Array): void {
  // Single precision and halves to even, as OpenCV computes: tiles are small, so that halves are frequent.
  const scale = Math.fround(255 / area);
  let sum = 0;
  for (let i = 0; i < levels; i++) {
    sum += histogram[i]!;
    table[i] = Math.min(255, halfToEven(Math.fround(sum * scale)));
  }
}

function halfToEven(value: number): number {
  const nearest = Math.round(value);
  return nearest - value === 0.5 && nearest % 2 === 1 ? nearest - 1 : nearest;
}

/** Between the centres of which two tiles each place lies, and how far towards the second. */
function nearestTiles(side: number, tileSide: number, tiles: number) {
  const [first, second, share] = [new Int32Array(side), new Int32Array(side), new Float64Array(side)];
  for (let i = 0; i < side; i++) {
    const place = i / tileSide - 0.5;
    const before = Math.floor(place);
    share[i] = place - before;
    first[i] = Math.max(0, before);
    second[i] = Math.min(tiles - 1, before + 1);
  }
  return { first, second, share };
}
