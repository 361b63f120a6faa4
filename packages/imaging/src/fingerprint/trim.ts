import type { GrayImage } from '../image.js';

/** What remains of a picture, in pixels; `right` and `bottom` are not part of it. */
export interface Box {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** Levels by which pixels of a border may differ from its middle level: what JPEG does to an even area. */
const tolerance = 7;
/** Share of a line that must be even: labels and markers stand in borders. */
const evenShare = 0.8;
/** Less than this share of a side is left as it is. */
const leastShare = 0.02;
/** At least this share of each side remains: a picture that is even nearly everywhere is left alone. */
const leastRemaining = 0.35;

/** The picture within its even borders, such as those of a letterbox; undefined where it has none worth cutting. */
export function withinBorders(image: GrayImage): { readonly box: Box; readonly image: GrayImage } | undefined {
  const { width, height } = image;
  const row = (y: number): Line => ({ start: y * width, stride: 1, length: width });
  const column = (x: number): Line => ({ start: x, stride: width, length: height });
  const top = evenLines(image, row, 0, 1, height);
  const bottom = evenLines(image, row, height - 1, -1, height);
  const left = evenLines(image, column, 0, 1, width);
  const right = evenLines(image, column, width - 1, -1, width);
  const box = { left, top, right: width - right, bottom: height - bottom };
  const [newWidth, newHeight] = [box.right - box.left, box.bottom - box.top];
  const isCut = newWidth <= (1 - leastShare) * width || newHeight <= (1 - leastShare) * height;
  if (!isCut || newWidth < leastRemaining * width || newHeight < leastRemaining * height) return undefined;
  return { box, image: cut(image, box) };
}

interface Line {
  readonly start: number;
  readonly stride: number;
  readonly length: number;
}

/** How many lines from an edge inward are even, and as the first of them. */
function evenLines({ data }: GrayImage, line: (at: number) => Line, from: number, step: number, most: number): number {
  let level: number | undefined;
  for (let lines = 0; lines < most; lines++) {
    const { start, stride, length } = line(from + lines * step);
    level ??= middleLevel(data, start, stride, length);
    let even = 0;
    for (let i = 0; i < length; i++) if (Math.abs(data[start + i * stride]! - level) <= tolerance) even++;
    if (even < evenShare * length) return lines;
  }
  return most;
}

function middleLevel(data: Uint8Array, start: number, stride: number, length: number): number {
  const samples = Uint8Array.from({ length }, (_, i) => data[start + i * stride]!).sort();
  return samples[length >> 1]!;
}

function cut({ width, data }: GrayImage, { left, top, right, bottom }: Box): GrayImage {
  const result = new Uint8Array((right - left) * (bottom - top));
  for (let y = top; y < bottom; y++) {
    result.set(data.subarray(y * width + left, y * width + right), (y - top) * (right - left));
  }
  return { width: right - left, height: bottom - top, data: result };
}
