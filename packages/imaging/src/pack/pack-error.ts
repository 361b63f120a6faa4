import { ChromarayError } from '@chromaray/base';

/** A pixel pack that cannot be read as one. */
export function corruptPack(file: string, found: string, cause?: unknown): ChromarayError {
  return new ChromarayError({
    code: 'CHROMARAY_PACK_CORRUPT',
    message: `The pixel pack ${file} cannot be used: ${found}.`,
    remedy: 'Delete the file and run the same command again: it is built from the images again.',
    cause,
    details: { file },
  });
}

/** A pixel pack that the system does not open. */
export function unopenedPack(file: string, cause: unknown): ChromarayError {
  const missing = (cause as NodeJS.ErrnoException).code === 'ENOENT';
  return new ChromarayError({
    code: missing ? 'CHROMARAY_PACK_MISSING' : 'CHROMARAY_PACK_PERMISSION',
    message: `The pixel pack ${file} cannot be opened: ${missing ? 'it is not there' : (cause as Error).message}.`,
    remedy: missing ? 'Run the same command again: it is built from the images again.' : 'Let this user read the file.',
    cause,
    details: { file },
  });
}
