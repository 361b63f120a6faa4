import { writeFileAtomic } from '@chromaray/base';
import type { Model } from '../graph/types.js';
import { writeModel } from './write.js';

/** Writes a model to a file, which is either there in full or not at all. */
export function saveModel(file: string, model: Model): void {
  writeFileAtomic(file, writeModel(model));
}
