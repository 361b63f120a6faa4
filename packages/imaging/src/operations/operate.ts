import { throughJpeg } from '../encode/encode.js';
import { asImage, type GrayImage, type Image, type Size } from '../image.js';
import { resize } from '../resize/resize.js';
import { parseSize } from '../size.js';
import { blur } from './blur.js';
import { clahe } from './clahe.js';
import { crop } from './crop.js';
import { letterboxSize, onBlack } from './letterbox.js';
import type { ImageOperations } from './options.js';

/**
 * The first operations, on the whole picture as it was decoded, in this order: crop, inversion, CLAHE, bit depth, JPEG.
 * They stand for how an X-ray was taken, shown and stored, so that they come before it is resized; a contrast of DICOM
 * (`window`) is chosen before them, in decoding.
 */
export async function operateAtFullSize(picture: GrayImage, operations: ImageOperations): Promise<GrayImage> {
  let image = picture;
  if (operations.crop) image = crop(image, operations.crop);
  if (operations.invert) image = mapped(image, (value) => 255 - value);
  if (operations.clahe) image = clahe(image, { clipLimit: operations.clahe.clip, tiles: operations.clahe.tiles });
  if (operations.bits !== undefined && operations.bits < 8) image = mapped(image, fewerLevels(operations.bits));
  if (operations.jpeg !== undefined) image = await throughJpeg(image, operations.jpeg);
  return image;
}

/**
 * The last operations, which know the size: resizing, stretched or in shape on black, then blur. Of gray pictures, or
 * of pictures that were coloured at full size.
 */
export function operateToSize(picture: GrayImage | Image, target: number | Size, operations: ImageOperations): Image {
  const size = parseSize(target);
  const image = asImage(picture);
  const fitted =
    operations.fit === 'letterbox' ? onBlack(resize(image, letterboxSize(image, size)), size) : resize(image, size);
  return operations.blur ? blur(fitted, operations.blur) : fitted;
}

/** `2^bits` levels, each the mean of what it stands for but spread over 0 to 255: floor(v / step) * 255 / (levels - 1). */
function fewerLevels(bits: number): (value: number) => number {
  const levels = 2 ** bits;
  return (value) => Math.round((Math.floor((value * levels) / 256) * 255) / (levels - 1));
}

function mapped(image: GrayImage, level: (value: number) => number): GrayImage {
  const table = Uint8Array.from({ length: 256 }, (_, value) => level(value));
  return { ...image, data: image.data.map((value) => table[value]!) };
}
