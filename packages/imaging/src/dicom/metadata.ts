import type { DicomFile } from './part-10.js';
import type { PixelDescription } from './pixel-description.js';
import { attributes } from './tags.js';
import { firstText } from './values.js';

/** All that is taken from a file in addition to its pixels. */
export interface DicomMetadata {
  /** As in the file; for hashing only, never to be stored or shown. Null when empty. */
  readonly patientId: string | null;
  /** Who gave the patient id; for hashing only. */
  readonly issuerOfPatientId: string | null;
  /** `F`, `M` or `O`; null when the file does not say. */
  readonly patientSex: string | null;
  /** As `063Y`; to be put into a band, not to be stored. Null when the file does not say. */
  readonly patientAge: string | null;
  /** `PA`, `AP`, `LL`, `RL` and others; null when the file does not say. */
  readonly viewPosition: string | null;
  /** `L`, `R`, `B` or `U`; null when the file does not say. */
  readonly laterality: string | null;
  /** `CR`, `DX` and others. */
  readonly modality: string | null;
  /** Manufacturer and model of the machine; null when the file does not say. */
  readonly device: string | null;
  readonly photometric: 'MONOCHROME1' | 'MONOCHROME2';
  readonly rows: number;
  readonly columns: number;
  readonly bitsAllocated: number;
  readonly bitsStored: number;
  readonly signed: boolean;
  /** UID of the transfer syntax. */
  readonly transferSyntax: string;
  /** The pixels went through a lossy compression in this file. */
  readonly lossy: boolean;
}

export function dicomMetadata({ syntax, elements }: DicomFile, pixels: PixelDescription): DicomMetadata {
  const text = (attribute: Parameters<typeof firstText>[1]): string | null => firstText(elements, attribute) ?? null;
  return {
    patientId: text(attributes.patientId),
    issuerOfPatientId: text(attributes.issuerOfPatientId),
    patientSex: code(text(attributes.patientSex)),
    patientAge: code(text(attributes.patientAge)),
    viewPosition: code(text(attributes.viewPosition)),
    laterality: code(text(attributes.imageLaterality) ?? text(attributes.laterality)),
    modality: code(text(attributes.modality)),
    device: deviceName(text(attributes.manufacturer), text(attributes.model)),
    photometric: `MONOCHROME${pixels.monochrome}`,
    rows: pixels.rows,
    columns: pixels.columns,
    bitsAllocated: pixels.bitsAllocated,
    bitsStored: pixels.bitsStored,
    signed: pixels.signed,
    transferSyntax: syntax.uid,
    lossy: syntax.lossy,
  };
}

/** Both are free text, which is let through as far as it looks like the name of a product. */
function deviceName(manufacturer: string | null, model: string | null): string | null {
  const names = [manufacturer, model].flatMap((name) => name?.trim().replace(/\s+/g, ' ') || []);
  const device = names.length === 2 && names[1]!.startsWith(names[0]!) ? names[1]! : names.join(' ');
  return /^[A-Za-z0-9][A-Za-z0-9 .,_/()&+-]{0,63}$/.test(device) ? device : null;
}

/** Only what a code string may hold (PS3.5, table 6.2-1) is let through: free text there may name somebody. */
function code(text: string | null): string | null {
  return text !== null && /^[A-Z0-9_ ]{1,16}$/.test(text) ? text : null;
}
