import { isChromarayError, sha256 } from '@chromaray/base';
import {
  type Brightness,
  type FileTraits,
  type Fingerprint,
  fingerprint,
  type ImageNote,
  type PictureContent,
  pictureStamp,
  pixelHash,
  readFileTraits,
  readSource,
} from '@chromaray/imaging';
import type { PatientPseudonyms } from '../patients/salt.js';
import { type DicomFacts, inspectPicture } from './dicom-facts.js';

/** What is known of a file once it was opened. */
export interface FileFacts {
  readonly bytes: number;
  readonly mtimeMs: number;
  readonly sha256: string;
  readonly pixelHash: string;
  readonly width: number;
  readonly height: number;
  readonly colour: boolean;
  readonly traits: FileTraits;
  readonly brightness: Brightness;
  /** `Fingerprint.thumbnail` in base64: facts are kept as JSON. */
  readonly thumbnail: string;
  /** `Fingerprint.content`, its thumbnail in base64. */
  readonly content: (Omit<PictureContent, 'thumbnail'> & { readonly thumbnail: string }) | null;
  /** `Fingerprint.landmarks` in base64. */
  readonly landmarks: string;
  /** Only for DICOM files. */
  readonly dicom?: DicomFacts;
  /** Absent when there are none. */
  readonly notes?: readonly ImageNote[];
}

/** The fingerprint that facts hold. */
export function fingerprintOf({ thumbnail, brightness, content, landmarks }: FileFacts): Fingerprint {
  return {
    thumbnail: fromBase64(thumbnail),
    brightness,
    content: content && { ...content, thumbnail: fromBase64(content.thumbnail) },
    landmarks: fromBase64(landmarks),
  };
}

function fromBase64(text: string): Uint8Array {
  return Uint8Array.from(Buffer.from(text, 'base64'));
}

function toBase64(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('base64');
}

export interface InspectionFailure {
  readonly code: string;
  readonly reason: string;
}

/** Faults of the file itself; others, such as a salt that cannot be read, concern all files. */
const fileFault = /^CHROMARAY_(?:IMAGE|DICOM|NUMPY|ZIP)_/;

/** Reads and decodes one image. Never throws for a bad file: it returns what is wrong with it. */
export async function inspectFile(
  file: string,
  maxPixels: number | undefined,
  pseudonyms: PatientPseudonyms,
): Promise<FileFacts | InspectionFailure> {
  try {
    const { mtimeMs } = await pictureStamp(file);
    const encoded = await readSource(file, maxPixels);
    const { bytes } = encoded;
    const { image, dicom, notes } = await inspectPicture(encoded, maxPixels, pseudonyms);
    const { thumbnail, brightness, content, landmarks } = fingerprint(image);
    return {
      bytes: bytes.length,
      mtimeMs,
      sha256: sha256(bytes),
      pixelHash: pixelHash(image),
      width: image.width,
      height: image.height,
      colour: image.isColour,
      traits: readFileTraits(bytes),
      brightness,
      thumbnail: toBase64(thumbnail),
      content: content && { ...content, thumbnail: toBase64(content.thumbnail) },
      landmarks: toBase64(landmarks),
      ...(dicom && { dicom }),
      ...(notes.length > 0 && { notes }),
    };
  } catch (error) {
    if (isChromarayError(error) && fileFault.test(error.code)) return { code: error.code, reason: error.message };
    throw error;
  }
}
