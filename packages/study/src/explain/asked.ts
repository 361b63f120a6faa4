import { arraySource, type Model, type ModelMetadata, predict } from '@chromaray/engine';
import { type Answer, answerOf } from '../predict/answer.js';
import type { Asked } from './explain-pixels.js';

/** Which side of which of a model's numbers speaks for a class. */
export function askedOf({ classes, positive }: ModelMetadata, pixels: Uint8Array, towards: string): Asked {
  if (positive !== undefined) return { pixels, towards: towards === positive ? 1 : -1 };
  return { pixels, towards: 1, unit: classes.indexOf(towards) };
}

/** What a model calls one picture. @param pixels as it takes them, [channels, height, width] */
export async function answerTo(model: Model, metadata: ModelMetadata, pixels: Uint8Array): Promise<Answer> {
  const { height, width } = metadata;
  const shape = [pixels.length / height / width, height, width] as const;
  return answerOf(metadata, await predict(model, arraySource({ shape, pixels }), { batch: 1 }));
}
