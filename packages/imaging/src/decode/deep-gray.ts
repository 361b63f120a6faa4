import { readSource } from '../archive/source.js';
import { type DeepGray, deepDicom } from '../dicom/deep-dicom.js';
import { isDicom } from '../dicom/part-10.js';
import { defaultMaxPixels, type EncodedImage } from '../encoded-image.js';
import { sharp } from '../sharp.js';
import { decodeGray } from './decode.js';
import { readHeader } from './header.js';

/**
 * Decodes a radiograph for a viewer that sets the window itself: DICOM and PNG with up to 16 bits a value, everything
 * else with 8, as `decodeGray` does. Values of a DICOM file are its stored ones, shifted so that the smallest possible is
 * 0, and turned where small values are white; padding is black.
 *
 * Where the bits cannot be kept honestly (a modality table that is no line, a table or sigmoid for contrast, pixels
 * that are not square) the picture is that of `decodeDicom`: 8 bits, as a viewer would first show it.
 *
 * @param source a file's path, which may lead into an archive, or the encoded bytes
 * @throws ChromarayError as `decodeImage` does
 */
export async function decodeDeepGray(source: string | Uint8Array | EncodedImage): Promise<DeepGray> {
  const encoded = await readSource(source, defaultMaxPixels);
  const deep = isDicom(encoded.bytes) ? await deepDicom(encoded) : await deepPng(encoded);
  if (deep !== undefined) return deep;
  const { width, height, data } = await decodeGray(encoded);
  return { width, height, bits: 8, data, window: undefined };
}

async function deepPng({ bytes }: EncodedImage): Promise<DeepGray | undefined> {
  const header = readHeader(bytes);
  if (typeof header === 'string' || header.format !== 'png' || header.bitDepth !== 16 || header.colourModel !== 'gray')
    return undefined;
  if (header.width * header.height > defaultMaxPixels) return undefined;
  const { data, info } = await sharp()(bytes, { ignoreIcc: true, limitInputPixels: defaultMaxPixels })
    .flatten({ background: '#000' })
    .toColourspace('grey16')
    .raw({ depth: 'ushort' })
    .toBuffer({ resolveWithObject: true });
  const values = new Uint16Array(data.buffer.slice(data.byteOffset, data.byteOffset + data.byteLength));
  return { width: info.width, height: info.height, bits: 16, data: values, window: undefined };
}
