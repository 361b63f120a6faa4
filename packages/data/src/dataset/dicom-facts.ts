import { type RecordAttributes, recordAttributes } from '@chromaray/contracts';
import {
  type DecodedImage,
  decodeDicom,
  decodeImage,
  type EncodedImage,
  type ImageNote,
  isDicom,
} from '@chromaray/imaging';
import { commonForm } from '../patients/lookalike.js';
import { isPlaceholder } from '../patients/missing.js';
import type { PatientPseudonyms } from '../patients/salt.js';

/** What is kept of a DICOM file in addition to its picture: nothing that names a patient. */
export interface DicomFacts {
  /** Pseudonym; null when the file has no Patient ID. */
  readonly patient: string | null;
  /** Pseudonym of what the Patient ID has in common with others that look like it, under any issuer. */
  readonly patientLikeness: string | null;
  /** Under which salt the pseudonym was made. */
  readonly saltId: string;
  readonly viewPosition: string | null;
  readonly laterality: string | null;
  /** Sex, age band and machine, where the file tells them. */
  readonly attributes: RecordAttributes;
}

type Picture = Pick<DecodedImage, 'width' | 'height' | 'channels' | 'data' | 'isColour'>;

export interface InspectedPicture {
  readonly image: Picture;
  /** Faults despite which it was read. */
  readonly notes: readonly ImageNote[];
  /** Only for DICOM files. */
  readonly dicom?: DicomFacts;
}

/** Decodes a picture, and reads from a DICOM file what a data set needs to know. */
export async function inspectPicture(
  file: EncodedImage,
  maxPixels: number | undefined,
  pseudonyms: PatientPseudonyms,
): Promise<InspectedPicture> {
  const limits = maxPixels === undefined ? {} : { maxPixels };
  if (!isDicom(file.bytes)) {
    const { notes, ...image } = await decodeImage(file, limits);
    return { image, notes };
  }
  const { image, metadata, notes } = await decodeDicom(file, limits);
  const { patientId, issuerOfPatientId, viewPosition, laterality, patientSex, patientAge, device } = metadata;
  const named = patientId !== null && !isPlaceholder(patientId);
  return {
    image: { ...image, channels: 1, isColour: false },
    notes,
    dicom: {
      patient: named ? pseudonyms.of(patientId, issuerOfPatientId) : null,
      patientLikeness: named ? pseudonyms.of(commonForm(patientId), null) : null,
      saltId: pseudonyms.saltId,
      viewPosition,
      laterality,
      attributes: recordAttributes({ sex: patientSex ?? '', age: patientAge ?? '', device: device ?? '' }),
    },
  };
}
