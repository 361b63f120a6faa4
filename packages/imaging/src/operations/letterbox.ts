import type { Image, Size } from '../image.js';

/** The largest size of a picture's shape that fits into another, as Pillow's `ImageOps.contain` rounds it. */
export function letterboxSize(image: Size, { width, height }: Size): Size {
  const shape = image.width / image.height;
  const frame = width / height;
  if (shape === frame) return { width, height };
  return shape > frame
    ? { width, height: Math.max(1, halfToEven((image.height / image.width) * width)) }
    : { width: Math.max(1, halfToEven((image.width / image.height) * height)), height };
}

/** The picture in the middle of a black one, as Pillow's `ImageOps.pad` places it. */
export function onBlack({ width, height, channels, data }: Image, size: Size): Image {
  const left = halfToEven((size.width - width) / 2);
  const top = halfToEven((size.height - height) / 2);
  const result = new Uint8Array(size.width * size.height * channels);
  const row = width * channels;
  for (let y = 0; y < height; y++) {
    result.set(data.subarray(y * row, (y + 1) * row), ((top + y) * size.width + left) * channels);
  }
  return { ...size, channels, data: result };
}

/** As Python's `round`. */
function halfToEven(value: number): number {
  const nearest = Math.round(value);
  return nearest - value === 0.5 && nearest % 2 === 1 ? nearest - 1 : nearest;
}
