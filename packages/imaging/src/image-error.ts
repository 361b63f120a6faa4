import { ChromarayError, isChromarayError } from '@chromaray/base';

/** Why a picture could not be used. The code of the error is `CHROMARAY_IMAGE_` and this word. */
export type ImageFault =
  | 'CHANGED'
  | 'EMPTY'
  | 'MISSING'
  | 'PERMISSION'
  | 'TOO_LARGE'
  | 'TOO_SMALL'
  | 'TRUNCATED'
  | 'UNREADABLE'
  | 'UNSUPPORTED';

const remedies: Record<ImageFault, string> = {
  CHANGED: 'Run the data audit again, so that the study describes the files as they are now.',
  EMPTY: 'Copy the file again from its source, or leave it out.',
  MISSING: 'Check the path, or leave the record out.',
  PERMISSION: 'Give this user permission to read the file.',
  TOO_LARGE: 'If the file is what it should be, raise maxPixels; otherwise leave it out.',
  TOO_SMALL: 'Leave the file out: it shows too little to be a radiograph.',
  TRUNCATED: 'Copy the file again from its source, or leave it out.',
  UNREADABLE: 'Open the file with an image viewer; save it again as JPEG or PNG, or leave it out.',
  UNSUPPORTED: 'Save the picture again as an 8-bit JPEG, or as an 8- or 16-bit PNG.',
};

const inFolder = 'Name the files in it.';
const toFile = 'Write what it gives to a file, and name that.';

/**
 * @param name the file, or `image` for bytes in memory
 * @param found what is wrong, as the predicate of a sentence that starts with the name
 * @param remedy where that of the fault would mislead
 */
export function imageError(
  fault: ImageFault,
  name: string,
  found: string,
  cause?: unknown,
  remedy = remedies[fault],
): ChromarayError {
  return new ChromarayError({
    code: `CHROMARAY_IMAGE_${fault}`,
    message: `${name} ${found}.`,
    remedy,
    cause,
    details: { file: name },
  });
}

/** Turns an error of the file system met while reading a picture into one that says what to do. */
export function fileReadError(file: string, cause: unknown): ChromarayError {
  if (isChromarayError(cause)) return cause;
  const system = (cause as NodeJS.ErrnoException).code;
  switch (system) {
    case 'ENOENT':
    case 'ENOTDIR':
      return imageError('MISSING', file, 'does not exist', cause);
    case 'EACCES':
    case 'EPERM':
      return imageError('PERMISSION', file, 'cannot be read: this user has no permission', cause);
    case 'EFBIG':
      return imageError('TOO_LARGE', file, 'has more bytes than the pixels permitted can fill', cause);
    case 'EISDIR':
      return imageError('UNREADABLE', file, 'is a folder; an image file was expected', cause, inFolder);
    case 'ENOTREGULAR':
      return imageError('UNREADABLE', file, 'is a pipe or a device; an image file was expected', cause, toFile);
    default:
      return imageError('UNREADABLE', file, `cannot be read: ${(cause as Error).message}`, cause);
  }
}
