import { defaultMaxPixels, type EncodedImage } from '../encoded-image.js';
import { squarePixelSize } from './aspect.js';
import { modalityTransform } from './modality.js';
import { openPart10 } from './part-10.js';
import { describePixels } from './pixel-description.js';
import { isInverted } from './polarity.js';
import { type StoredSamples, storedSamples } from './stored-samples.js';
import { attributes } from './tags.js';
import type { ElementSource } from './values.js';
import { firstUsableWindow } from './window.js';

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

const wanted = new Set<number>(Object.values(attributes).map(({ tag }) => tag));

/**
 * A DICOM file with every bit of its values; undefined where they cannot be kept honestly. Runs in a browser too.
 *
 * @throws ChromarayError as `decodeDicom`
 */
export async function deepDicom({ name, bytes }: EncodedImage): Promise<DeepGray | undefined> {
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
