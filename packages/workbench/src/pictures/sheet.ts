import { isChromarayError } from '@chromaray/base';
import { decodeGray, encodeJpeg, type Image, resize } from '@chromaray/imaging';
import type { KnownRecord } from '../datasets/dataset-order.js';
import type { OpenDataset } from '../datasets/open-dataset.js';
import { thumbnailSide } from '../datasets/thumbnail-side.js';
import { insideSquare } from './inside-square.js';

/** Thumbnails a row of a sheet. */
export const sheetColumns = 10;

/** Level of a thumbnail that cannot be drawn. */
const missing = 64;
const quality = 82;

/**
 * Thumbnails of records in one picture, ten a row: from the pack once that is drawn, before from the files.
 *
 * @returns JPEG
 */
export async function thumbnailSheet(dataset: OpenDataset, records: readonly KnownRecord[]): Promise<Uint8Array> {
  return sheetOf(await Promise.all(records.map((record) => thumbnail(dataset, record))));
}

/** Pictures in one, ten a row, each stretched to a thumbnail; what is undefined cannot be drawn. @returns JPEG */
export function pictureSheet(pictures: readonly (Image | undefined)[]): Promise<Uint8Array> {
  const blank = new Uint8Array(thumbnailSide * thumbnailSide).fill(missing);
  return sheetOf(pictures.map((picture) => (picture === undefined ? blank : resize(picture, thumbnailSide).data)));
}

/** @param thumbnails gray, of {@link thumbnailSide} */
async function sheetOf(thumbnails: readonly Uint8Array[]): Promise<Uint8Array> {
  const side = thumbnailSide;
  const rows = Math.max(1, Math.ceil(thumbnails.length / sheetColumns));
  const [width, height] = [sheetColumns * side, rows * side];
  const data = new Uint8Array(width * height);
  thumbnails.forEach((pixels, i) => {
    const left = (i % sheetColumns) * side;
    const top = Math.floor(i / sheetColumns) * side;
    for (let y = 0; y < side; y++) data.set(pixels.subarray(y * side, (y + 1) * side), (top + y) * width + left);
  });
  return encodeJpeg({ width, height, channels: 1, data }, quality);
}

async function thumbnail({ thumbnails: pack }: OpenDataset, { id, file, width }: KnownRecord): Promise<Uint8Array> {
  const pixels = new Uint8Array(thumbnailSide * thumbnailSide);
  const index = pack?.indexOf(id);
  if (pack !== undefined && index !== undefined) {
    pack.read(index, pixels);
    return pixels;
  }
  try {
    // A page stretches a thumbnail back into the picture's shape where it knows that; elsewhere the shape is kept here.
    if (width === null) return insideSquare(await decodeGray(file), thumbnailSide);
    return (await decodeGray(file, { size: thumbnailSide })).data;
  } catch (error) {
    if (!isChromarayError(error)) throw error;
    return pixels.fill(missing);
  }
}
