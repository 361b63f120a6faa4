import type { GrayImage, Image, Size } from '../image.js';
import { stretchedRows } from '../resize/plane.js';

/** Chroma of a picture: U = 0.492 (B - Y) and V = 0.877 (R - Y) in gray levels, row after row. */
export interface ChromaUv extends Size {
  readonly u: Float32Array;
  readonly v: Float32Array;
}

/** BT.601's luma of red, green and blue. */
const [ofRed, ofGreen, ofBlue] = [0.299, 0.587, 0.114];

/**
 * Coarse colours, stretched bilinearly and put on a gray picture so that the BT.601 luma of every pixel of the result,
 * rounded, is its gray level. Where a colour does not exist at that brightness it is brought towards gray, in its hue,
 * just as far as it must; black and white stay what they are.
 */
export function mergeStretchedChroma(gray: GrayImage, chroma: ChromaUv): Image {
  const { width, height, data } = gray;
  const rgb = new Uint8Array(data.length * 3);
  const u = stretchedRows(chroma.u, chroma, gray);
  const v = stretchedRows(chroma.v, chroma, gray);
  for (let y = 0; y < height; y++) mergeRow(data, u(y), v(y), rgb, y * width);
  return { width, height, channels: 3, data: rgb };
}

/** @param start pixel of `gray` and `rgb` that the first of `u` and `v` belongs to */
function mergeRow(gray: Uint8Array, u: Float32Array, v: Float32Array, rgb: Uint8Array, start: number): void {
  for (let i = 0, to = start * 3; i < u.length; i++, to += 3) {
    const level = gray[start + i]!;
    const toBlue = u[i]! / 0.492;
    const toRed = v[i]! / 0.877;
    const toGreen = -(ofRed * toRed + ofBlue * toBlue) / ofGreen;
    const above = Math.max(toRed, toGreen, toBlue);
    const below = Math.min(toRed, toGreen, toBlue);
    let share = 1;
    if (level + above > 255) share = (255 - level) / above;
    if (level + below * share < 0) share = level / -below;
    const red = Math.round(level + share * toRed);
    const blue = Math.round(level + share * toBlue);
    rgb[to] = red;
    rgb[to + 2] = blue;
    // Green makes up for what rounding the others did to the luma, which it weighs the most.
    rgb[to + 1] = Math.max(0, Math.min(255, Math.round((level - ofRed * red - ofBlue * blue) / ofGreen)));
  }
}
