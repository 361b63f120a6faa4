import {
  type DecodeGrayOptions,
  decodeGray,
  type Image,
  operateToSize,
  type PackColouring,
  type Size,
  toGray,
} from '@chromaray/imaging';

/**
 * One picture as a pack with this colouring would hold it, for predicting outside a study.
 *
 * @returns uint8 [3, height, width]
 * @throws ChromarayError of `decodeGray` and of the colorizer
 */
export async function colouredPixels(
  file: string,
  size: Size,
  colouring: PackColouring,
  options: DecodeGrayOptions = {},
): Promise<Uint8Array> {
  const { operations = {} } = options;
  const gray = await decodeGray(file, options);
  if (colouring.at === 'full-size') return planes(operateToSize(await colouring.colour(gray), size, operations));
  return planes(await colouring.colour(toGray(operateToSize(gray, size, operations))));
}

function planes({ width, height, data }: Image): Uint8Array {
  const plane = width * height;
  return Uint8Array.from({ length: data.length }, (_, i) => data[(i % plane) * 3 + Math.floor(i / plane)]!);
}
