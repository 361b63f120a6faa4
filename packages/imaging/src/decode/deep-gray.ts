import { defaultMaxPixels, type EncodedImage, readSource } from '../archive/source.js';
import { squarePixelSize } from '../dicom/aspect.js';
import { modalityTransform } from '../dicom/modality.js';
import { isDicom, openPart10 } from '../dicom/part-10.js';
import { describePixels } from '../dicom/pixel-description.js';
import { isInverted } from '../dicom/polarity.js';
import { type StoredSamples, storedSamples } from '../dicom/stored-samples.js';
import { attributes } from '../dicom/tags.js';
import type { ElementSource } from '../dicom/values.js';
import { firstUsableWindow } from '../dicom/window.js';
import { sharp } from '../sharp.js';
import { decodeGray } from './decode.js';
import { readHeader } from './header.js';

/** A gray picture with every bit that its file has: higher values are brighter. */
export interface DeepGray {
  readonly width: number;
  readonly height: number;
  /** 1 to 16; values are 0 to 2^bits - 1. */
  readonly bits: number;
  /** Uint16Array where `bits` is above 8. */
  readonly data: Uint8Array | Uint16Array;
  /** The first window that the file proposes, in these values: gray runs from black to white over centre ± width / 2. */
  readonly window: { readonly centre: number; readonly width: number } | undefined;
}

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

const wanted = new Set<number>(Object.values(attributes).map(({ tag }) => tag));

async function deepDicom({ name, bytes }: EncodedImage): Promise<DeepGray | undefined> {
  const { notes, syntax, elements } = openPart10(
    name,
    bytes,
    wanted,
    attributes.pixels.tag,
    defaultMaxPixels * 4 + 2 ** 24,
  );
  const source: ElementSource = { name, elements, bigEndian: syntax.bigEndian, notes };
  const described = describePixels(source);
  const stored = { width: described.columns, height: described.rows };
  if (stored.width * stored.height > defaultMaxPixels || squarePixelSize(source, stored) !== stored) return undefined;
  if (elements.has(attributes.windowTables.tag) || elements.has(attributes.modalityTables.tag)) return undefined;
  const samples = await storedSamples(source, syntax, elements.get(attributes.pixels.tag)!, described);
  const { signed, bitsStored: bits } = samples.pixels;
  if (bits <= 8) return undefined;
  const inverted = isInverted(source, samples.pixels);
  const smallest = signed ? -(2 ** (bits - 1)) : 0;
  const most = 2 ** bits - 1;
  const window = windowIn(source, signed, { smallest, most, inverted });
  if (window === 'curved') return undefined;
  return { ...stored, bits, data: valuesOf(samples, { smallest, most, inverted }), window };
}

interface Scale {
  readonly smallest: number;
  readonly most: number;
  readonly inverted: boolean;
}

function valuesOf({ samples, isPadding }: StoredSamples, { smallest, most, inverted }: Scale): Uint16Array {
  const values = new Uint16Array(samples.length);
  for (let i = 0; i < values.length; i++) {
    const stored = samples[i]!;
    if (isPadding?.(i, stored)) continue;
    values[i] = inverted ? most - (stored - smallest) : stored - smallest;
  }
  return values;
}

/** The file's first window, which is in modality values, in those of the picture. */
function windowIn(source: ElementSource, signed: boolean, scale: Scale): DeepGray['window'] | 'curved' {
  const proposed = firstUsableWindow(source);
  if (proposed === undefined) return undefined;
  if (proposed.kind === 'SIGMOID') return 'curved';
  const modality = modalityTransform(source, signed);
  const intercept = modality(0);
  const slope = modality(1) - intercept;
  const { centre, width } =
    proposed.kind === 'LINEAR' ? { centre: proposed.centre - 0.5, width: proposed.width - 1 } : proposed;
  const at = (centre - intercept) / slope - scale.smallest;
  return {
    centre: scale.inverted ? scale.most - at : at,
    // A window of width 1 is a step, which is shown as one.
    width: Math.max(width / Math.abs(slope), Number.EPSILON),
  };
}
