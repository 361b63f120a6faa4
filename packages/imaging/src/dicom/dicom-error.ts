import { ChromarayError } from '@chromaray/base';

/** Why a DICOM file could not be used. The code of the error is `CHROMARAY_DICOM_` and this word. */
export type DicomFault =
  | 'COLOUR'
  | 'CORRUPT'
  | 'LIMIT'
  | 'MALFORMED'
  | 'MULTI_FRAME'
  | 'NOT_DICOM'
  | 'NO_PIXELS'
  | 'TRANSFER_SYNTAX'
  | 'TRUNCATED'
  | 'UNSUPPORTED';

const remedies: Record<DicomFault, string> = {
  COLOUR: 'Leave the file out: radiographs are stored in gray.',
  CORRUPT: 'Fetch the file again from its archive, or leave it out.',
  LIMIT: 'Leave the file out: no radiograph needs so much; it may have been made to harm its reader.',
  MALFORMED: 'Fetch the file again from its archive, or repair it with dcmodify of dcmtk.',
  MULTI_FRAME: 'Store each frame as a file of its own, or leave the file out.',
  NOT_DICOM: 'Check the file with dcmdump of dcmtk, or leave it out.',
  NO_PIXELS: 'Leave the file out: it is a report, a presentation state or a directory, not a picture.',
  TRANSFER_SYNTAX: 'Convert the file with dcmdjpeg or gdcmconv to Explicit VR Little Endian.',
  TRUNCATED: 'Fetch the file again from its archive, or leave it out.',
  UNSUPPORTED: 'Convert the file to gray of 8 or 16 bits a sample, or leave it out.',
};

/**
 * @param name the file, or `The image` for bytes in memory
 * @param found what is wrong, as the predicate of a sentence that starts with the name
 */
export function dicomError(fault: DicomFault, name: string, found: string, cause?: unknown): ChromarayError {
  return new ChromarayError({
    code: `CHROMARAY_DICOM_${fault}`,
    message: `${name} ${found}.`,
    remedy: remedies[fault],
    cause,
    details: { file: name },
  });
}
