import { type ColourSpec, colourSchema } from '@chromaray/contracts';
import { codedError } from '@chromaray/contracts/errors';

/** An arm's colour as it is written into the models that were trained on it; {@link colourOf} reads it back. */
export function colourText(colour: ColourSpec): string {
  return typeof colour === 'string' ? colour : JSON.stringify(colour);
}

/**
 * The colour that a model was trained on.
 *
 * @param model - the model's file, for errors
 * @throws ChromarayError `CHROMARAY_MODEL_METADATA` for a text that is no arm's colour
 */
export function colourOf(text: string, model: string): ColourSpec {
  const result = colourSchema.safeParse(decoded(text));
  if (result.success) return result.data as ColourSpec;
  throw codedError('CHROMARAY_MODEL_METADATA', {
    message: `${model}: its metadata entry "chromaray" is damaged: "transform" is ${JSON.stringify(text.slice(0, 60))}, which is no colour of an arm.`,
    remedy: 'Copy the model again from where it was saved, or run its study again.',
    details: { model, transform: text },
  });
}

function decoded(text: string): unknown {
  if (!text.startsWith('{')) return text;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
