import type { GrayImage, Image } from './image.js';

/**
 * Luma of an RGB sample by ITU-R BT.601-7, section 2.5.1: `0.299 R + 0.587 G + 0.114 B`, rounded to the
 * nearest integer, halves upward. Computed in integers, hence exact; a gray triple gives its own value.
 */
export function luma(red: number, green: number, blue: number): number {
  return ((299 * red + 587 * green + 114 * blue + 500) / 1000) | 0;
}

/** The picture in gray, by {@link luma}. A gray picture is returned as it is, not copied. */
export function toGray(image: GrayImage | Image): GrayImage {
  const { width, height, data } = image;
  if (image.channels !== 3) return { width, height, channels: 1, data };
  const gray = new Uint8Array(width * height);
  for (let i = 0, from = 0; i < gray.length; i++, from += 3) {
    gray[i] = luma(data[from]!, data[from + 1]!, data[from + 2]!);
  }
  return { width, height, channels: 1, data: gray };
}

/** The picture with three channels; gray is repeated on each. An RGB picture is returned as it is. */
export function toRgb(image: GrayImage | Image): Image {
  const { width, height, data } = image;
  if (image.channels === 3) return image;
  const rgb = new Uint8Array(data.length * 3);
  for (let i = 0, to = 0; i < data.length; i++, to += 3) {
    const value = data[i]!;
    rgb[to] = value;
    rgb[to + 1] = value;
    rgb[to + 2] = value;
  }
  return { width, height, channels: 3, data: rgb };
}
