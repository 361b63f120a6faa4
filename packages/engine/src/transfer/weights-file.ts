import { readRegularFileSync, sha256 } from '@chromaray/base';
import type { Model } from '../graph/types.js';
import { modelError } from '../onnx/errors.js';
import { readModel } from '../onnx/read.js';
import { readSafetensors } from '../onnx/safetensors.js';

/**
 * A pretrained model as it was read from its file, with what distinguishes it from every other. One of a safetensors file
 * has tensors and no nodes.
 */
export interface WeightsFile {
  /** As it was given. */
  readonly file: string;
  /** Of the file's bytes; with external data, of the model's bytes and those of each data file in order of name. */
  readonly sha256: string;
  readonly model: Model;
  /** Licence that the file's own metadata names. */
  readonly licence?: string;
}

/**
 * Reads a pretrained model.
 *
 * @throws ChromarayError `CHROMARAY_MODEL_MISSING` when the file cannot be read, and as `readModel`
 */
export function loadWeights(file: string): WeightsFile {
  const bytes = read(file);
  const dataFiles = new Set<string>();
  const isSafetensors = /\.safetensors$/i.test(file);
  const model = isSafetensors
    ? readSafetensors(bytes, file)
    : readModel(bytes, { file, onDataFile: (name) => dataFiles.add(name), withoutOutputs: true });
  const others = [...dataFiles].sort().map(read);
  const hash = others.length === 0 ? sha256(bytes) : sha256([bytes, ...others].map(sha256).join('\n'));
  const licence = licenceOf(model.metadata);
  return { file, sha256: hash, model, ...(licence === undefined ? {} : { licence }) };
}

function read(file: string): Uint8Array {
  try {
    return readRegularFileSync(file);
  } catch (cause) {
    throw modelError('MISSING', file, 'the model file cannot be read', cause);
  }
}

/** Hubs write one of these; the specification names none. */
function licenceOf(metadata: ReadonlyMap<string, string>): string | undefined {
  const found = [...metadata].find(([key]) => /^(license|licence)(_name)?$/i.test(key));
  const text = found?.[1].trim();
  return text === undefined || text === '' ? undefined : text.slice(0, 200);
}
