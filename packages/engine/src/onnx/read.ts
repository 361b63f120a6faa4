import { dirname, resolve } from 'node:path';
import { readRegularFileSync } from '@chromaray/base';
import type { Model } from '../graph/types.js';
import { modelError } from './errors.js';
import { readExternalData } from './external-data.js';
import { modelFromBytes } from './model-from-bytes.js';

/** What `readModel` may know about the bytes it is given. */
export interface ReadModelOptions {
  /** The file the bytes came from: errors name it, and external data is looked for beside it. */
  readonly file?: string;
  /** Called with the path of each file beside the model that weights are read from, once a tensor. */
  readonly onDataFile?: (file: string) => void;
  /** Leaves out outputs whose shape is neither declared nor follows from the graph, for whoever names others. */
  readonly withoutOutputs?: boolean;
}

/**
 * Reads a `.onnx` file.
 *
 * @throws ChromarayError `CHROMARAY_MODEL_MISSING` when the file cannot be read, and as `readModel`
 */
export function loadModel(file: string): Model {
  let bytes: Uint8Array;
  try {
    bytes = readRegularFileSync(file);
  } catch (cause) {
    throw modelError('MISSING', file, 'the model file cannot be read', cause);
  }
  return readModel(bytes, { file });
}

/**
 * Reads a model from the bytes of a `.onnx` file, with weights that lie beside it.
 *
 * @throws ChromarayError as `modelFromBytes`
 */
export function readModel(bytes: Uint8Array, options: ReadModelOptions = {}): Model {
  const { file, onDataFile, withoutOutputs = false } = options;
  const label = file ?? 'the model';
  if (file === undefined) return modelFromBytes(bytes, { label, withoutOutputs });
  const place = { label, folder: dirname(resolve(file)), onDataFile };
  return modelFromBytes(bytes, { label, withoutOutputs, readBeside: (tensor) => readExternalData(tensor, place) });
}
