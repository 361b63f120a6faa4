import { readSource } from '../archive/source.js';
import { defaultMaxPixels, type EncodedImage } from '../encoded-image.js';
import { type DecodeDicomOptions, type DecodedDicom, decodeDicomBytes } from './decode-bytes.js';

/**
 * Decodes a radiograph of one frame (CR, DX and others in gray) from a DICOM file to 8-bit gray, as a viewer
 * would first show it: modality transform, first VOI table or window, MONOCHROME1 inverted, padding black,
 * pixels square. docs/dicom.md lists transfer syntaxes and rules. No attribute is read that is not listed
 * in `tags.ts`.
 *
 * @param source a file's path, or its bytes
 * @throws ChromarayError `CHROMARAY_DICOM_` + `NOT_DICOM`, `TRANSFER_SYNTAX`, `NO_PIXELS`, `MULTI_FRAME`,
 *   `COLOUR`, `UNSUPPORTED`, `TRUNCATED`, `MALFORMED`, `LIMIT`, `CORRUPT`; `CHROMARAY_IMAGE_` + `MISSING`,
 *   `PERMISSION`, `EMPTY`, `TOO_LARGE`, `TOO_SMALL`
 */
export async function decodeDicom(
  source: string | Uint8Array | EncodedImage,
  options: DecodeDicomOptions = {},
): Promise<DecodedDicom> {
  return decodeDicomBytes(await readSource(source, options.maxPixels ?? defaultMaxPixels), options);
}
