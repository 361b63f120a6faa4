import { ChromarayError } from '@chromaray/base';

/** What can be wrong with readings; the last words of `CHROMARAY_MRMC_...`. */
type Fault =
  | 'RATING'
  | 'SCALE'
  | 'TRUTH'
  | 'ONE_CLASS'
  | 'DUPLICATE'
  | 'ONE_READER'
  | 'ONE_ARM'
  | 'ARM_OF_ONE_READER'
  | 'DESIGN'
  | 'TIES'
  | 'TOO_FEW';

/** An error about readings: what was found, and what to do. */
export function readingsError(
  fault: Fault,
  message: string,
  remedy: string,
  details: Readonly<Record<string, unknown>> = {},
): ChromarayError {
  return new ChromarayError({ code: `CHROMARAY_MRMC_${fault}`, message, remedy, details });
}
