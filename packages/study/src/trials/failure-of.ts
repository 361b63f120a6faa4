import { type ChromarayError, isChromarayError, type SerializedError } from '@chromaray/base';

/** An error with a code for whoever keeps it; anything else is a defect of this program. */
export function failureOf(error: unknown): SerializedError {
  const known = isChromarayError(error) ? (error as ChromarayError) : undefined;
  return {
    name: known?.name ?? 'Error',
    code: known?.code ?? 'CHROMARAY_DEFECT',
    message: error instanceof Error ? error.message : String(error),
    remedy: known?.remedy ?? '',
    details: known?.details ?? {},
  };
}
