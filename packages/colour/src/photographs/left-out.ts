import { isChromarayError } from '@chromaray/base';

/** Why a file is not trained on. */
export const leftOutReasons = ['colourless', 'copy', 'tiny', 'cmyk', 'large', 'unreadable'] as const;
export type LeftOutReason = (typeof leftOutReasons)[number];

/** For people: what the files of each reason are. */
export const leftOutWords: Readonly<Record<LeftOutReason, string>> = {
  colourless: 'gray or of one tone',
  copy: 'copies of another, pixel for pixel',
  tiny: 'with a side shorter than 64 pixels',
  cmyk: 'of CMYK or 12 bits, made for printing',
  large: 'of more than 64 million pixels',
  unreadable: 'damaged or no picture',
};

/** A file that is not trained on. */
export interface LeftOut {
  /** Relative to the folder or archive. */
  readonly file: string;
  readonly reason: LeftOutReason;
  /** What was found, where it could not be read. */
  readonly message?: string;
}

const byCode: Readonly<Record<string, LeftOutReason>> = {
  CHROMARAY_IMAGE_TOO_SMALL: 'tiny',
  CHROMARAY_IMAGE_TOO_LARGE: 'large',
  CHROMARAY_IMAGE_UNSUPPORTED: 'cmyk',
};

/**
 * Leaves out a file that could not be decoded.
 *
 * @throws the error itself where it is not about a picture
 */
export function leftOutFor(file: string, error: unknown): LeftOut {
  if (!isChromarayError(error)) throw error;
  return { file, reason: byCode[error.code] ?? 'unreadable', message: error.message };
}
