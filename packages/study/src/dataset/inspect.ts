import { stat } from 'node:fs/promises';
import { isChromarayError, sha256File } from '@chromaray/base';
import { decodeImage, pixelHash } from '@chromaray/imaging';

/** What opening a file tells about it. */
export interface FileFacts {
  readonly bytes: number;
  readonly mtimeMs: number;
  readonly sha256: string;
  readonly pixelHash: string;
  readonly width: number;
  readonly height: number;
  readonly colour: boolean;
}

export interface InspectionFailure {
  readonly code: string;
  readonly reason: string;
}

/** Reads and decodes one image. Never throws for a bad file: it returns what is wrong with it. */
export async function inspectFile(file: string, maxPixels?: number): Promise<FileFacts | InspectionFailure> {
  try {
    const image = await decodeImage(file, maxPixels === undefined ? {} : { maxPixels });
    const { size, mtimeMs } = await stat(file);
    return {
      bytes: size,
      mtimeMs,
      sha256: await sha256File(file),
      pixelHash: pixelHash(image),
      width: image.width,
      height: image.height,
      colour: image.isColour,
    };
  } catch (error) {
    if (isChromarayError(error)) return { code: (error as { code?: string }).code ?? '', reason: error.message };
    throw error;
  }
}
