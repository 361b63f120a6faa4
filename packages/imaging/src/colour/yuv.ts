/**
 * RGB and YUV of 8-bit samples as OpenCV's `COLOR_RGB2YUV` and `COLOR_YUV2RGB` define them: BT.601 luma over the
 * full range, U = 0.492 (B - Y) + 128, V = 0.877 (R - Y) + 128. In OpenCV's fixed point of 14 bits, so that
 * every sample is the same.
 */
import type { GrayImage, Image } from '../image.js';

const half = 1 << 13;
const middle = 128 << 14;

/** @returns a picture whose channels are Y, U and V */
export function rgbToYuv({ width, height, data }: Image): Image {
  const yuv = new Uint8ClampedArray(data.length);
  for (let i = 0; i < data.length; i += 3) {
    const red = data[i]!;
    const blue = data[i + 2]!;
    const y = (4899 * red + 9617 * data[i + 1]! + 1868 * blue + half) >> 14;
    yuv[i] = y;
    yuv[i + 1] = ((blue - y) * 8061 + middle + half) >> 14;
    yuv[i + 2] = ((red - y) * 14369 + middle + half) >> 14;
  }
  return { width, height, channels: 3, data: new Uint8Array(yuv.buffer) };
}

/** @param image a picture whose channels are Y, U and V */
export function yuvToRgb({ width, height, data }: Image): Image {
  const rgb = new Uint8ClampedArray(data.length);
  for (let i = 0; i < data.length; i += 3) {
    const y = data[i]!;
    const u = data[i + 1]! - 128;
    const v = data[i + 2]! - 128;
    rgb[i] = y + ((18678 * v + half) >> 14);
    rgb[i + 1] = y + ((half - 9519 * v - 6472 * u) >> 14);
    rgb[i + 2] = y + ((33292 * u + half) >> 14);
  }
  return { width, height, channels: 3, data: new Uint8Array(rgb.buffer) };
}

/**
 * The colours of one picture on the luma of another of the same size: U and V of `colour`, and the gray levels
 * as Y. A gray picture's luma is the picture itself, so no detail of it is lost, however coarse the colours.
 */
export function mergeLuma(gray: GrayImage, colour: Image): Image {
  const { width, height, data } = gray;
  const from = colour.data;
  const rgb = new Uint8ClampedArray(from.length);
  for (let i = 0, at = 0; i < from.length; i += 3, at++) {
    // As rgbToYuv and yuvToRgb, without the pictures between them.
    const red = from[i]!;
    const blue = from[i + 2]!;
    const luma = (4899 * red + 9617 * from[i + 1]! + 1868 * blue + half) >> 14;
    const u = Math.min(255, Math.max(0, ((blue - luma) * 8061 + middle + half) >> 14)) - 128;
    const v = Math.min(255, Math.max(0, ((red - luma) * 14369 + middle + half) >> 14)) - 128;
    const y = data[at]!;
    rgb[i] = y + ((18678 * v + half) >> 14);
    rgb[i + 1] = y + ((half - 9519 * v - 6472 * u) >> 14);
    rgb[i + 2] = y + ((33292 * u + half) >> 14);
  }
  return { width, height, channels: 3, data: new Uint8Array(rgb.buffer) };
}
