import { existsSync } from 'node:fs';
import path from 'node:path';
import { decodeGray, type ImageOperations, type Size } from '@chromaray/imaging';

/** From this gray level on a pixel of a mask belongs to the lungs. */
const inside = 128;

/**
 * A lung mask: white (128 and above) where there is lung, cut and stretched as its picture was.
 *
 * @param geometry operations on the picture that moved its pixels
 * @throws ChromarayError of `decodeGray`
 */
export async function readMask(file: string, size: Size, geometry: ImageOperations = {}): Promise<Uint8Array> {
  const { data } = await decodeGray(file, { size, operations: geometry });
  return data.map((value) => Number(value >= inside));
}

/** The mask of a record: under the record's own path in the folder, as it is or as PNG; undefined where there is none. */
export function maskFile(folder: string, record: string): string | undefined {
  const candidates = [record, record.replace(/\.[^./]+$/, '.png'), path.basename(record).replace(/\.[^./]+$/, '.png')];
  return candidates.map((name) => path.join(folder, name)).find((file) => existsSync(file));
}
