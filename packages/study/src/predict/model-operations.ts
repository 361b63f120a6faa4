import { imageSchema } from '@chromaray/contracts';
import { codedError } from '@chromaray/contracts/errors';
import type { ModelMetadata } from '@chromaray/engine';
import type { ImageOperations } from '@chromaray/imaging';

const schema = imageSchema.omit({ size: true });

/**
 * What a model's pictures underwent before it saw them, from its metadata: whatever reads a picture for it must do the
 * same.
 *
 * @param model - the model's file, for errors
 * @throws ChromarayError `CHROMARAY_MODEL_METADATA` for operations that this version does not know: without them the
 *   model would be shown other pictures than it was trained on
 */
export function operationsOf({ operations }: ModelMetadata, model: string): ImageOperations {
  const found = schema.safeParse(operations ?? {});
  if (found.success) return found.data;
  const [issue] = found.error.issues;
  throw codedError('CHROMARAY_MODEL_METADATA', {
    message: `${model}: its metadata entry "chromaray" names an operation on pictures that is damaged or not known to this version: ${issue?.message}.`,
    remedy: 'Copy the model again from where it was saved, or use the version of Chromaray that saved it.',
    details: { model, operations },
  });
}
