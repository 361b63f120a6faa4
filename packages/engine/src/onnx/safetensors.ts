import type { DType, Model, Tensor, TensorData } from '../graph/types.js';
import { modelError } from './errors.js';

/** Element types of the format that the engine holds, with their bytes. */
const types: Readonly<
  Record<string, readonly [dtype: DType, bytes: number, make: (buffer: ArrayBuffer) => TensorData]>
> = {
  F64: ['float64', 8, (buffer) => new Float64Array(buffer)],
  F32: ['float32', 4, (buffer) => new Float32Array(buffer)],
  F16: ['float16', 2, (buffer) => new Uint16Array(buffer)],
  BF16: ['bfloat16', 2, (buffer) => new Uint16Array(buffer)],
  I64: ['int64', 8, (buffer) => new BigInt64Array(buffer)],
  I32: ['int32', 4, (buffer) => new Int32Array(buffer)],
  U8: ['uint8', 1, (buffer) => new Uint8Array(buffer)],
};

/** The longest header that is read; the format's own limit. */
const longestHeader = 100_000_000;

/**
 * Tensors of a safetensors file (https://github.com/huggingface/safetensors): the length of a header as uint64, the
 * header as JSON (`{ name: { dtype, shape, data_offsets: [begin, end] } }`), then the bytes, little-endian.
 *
 * @returns a model whose graph has no nodes: the file says which tensors there are and not what is done with them
 * @throws ChromarayError `CHROMARAY_MODEL_CORRUPT` for a damaged file, `CHROMARAY_MODEL_TYPE` for other element types
 */
export function readSafetensors(bytes: Uint8Array, file: string): Model {
  const { header, begin } = readHeader(bytes, file);
  const initializers = new Map<string, Tensor>();
  let metadata = new Map<string, string>();
  for (const [name, entry] of Object.entries(header)) {
    if (name === '__metadata__') metadata = new Map(Object.entries(entry as Record<string, string>));
    else initializers.set(name, readTensor(bytes.subarray(begin), name, entry, file));
  }
  const graph = { name: file, inputs: [], outputs: [], nodes: [], initializers };
  return { graph, opsets: new Map([['', 17]]), irVersion: 8, producer: 'safetensors', metadata };
}

function readHeader(bytes: Uint8Array, file: string) {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const length = bytes.length < 8 ? Number.NaN : Number(view.getBigUint64(0, true));
  if (!(length <= Math.min(longestHeader, bytes.length - 8))) throw corrupt(file, 'its header is cut off');
  let header: unknown;
  try {
    header = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes.subarray(8, 8 + length)));
  } catch (cause) {
    throw corrupt(file, 'its header is not JSON', cause);
  }
  if (typeof header !== 'object' || header === null || Array.isArray(header)) {
    throw corrupt(file, 'its header is no list of tensors');
  }
  return { header, begin: 8 + length };
}

function readTensor(data: Uint8Array, name: string, entry: unknown, file: string): Tensor {
  const { dtype, shape, data_offsets: offsets } = (entry ?? {}) as Record<string, unknown>;
  if (!isCounts(shape) || !isCounts(offsets) || offsets.length !== 2 || typeof dtype !== 'string') {
    throw corrupt(file, `what it says of the tensor "${name}" cannot be read`);
  }
  const type = types[dtype];
  if (type === undefined) throw modelError('TYPE', file, `the tensor "${name}" is ${dtype}`);
  const [begin, end] = offsets as [number, number];
  const expected = shape.reduce((a, b) => a * b, 1) * type[1];
  if (begin > end || end > data.length || end - begin !== expected) {
    throw corrupt(
      file,
      `the tensor "${name}" is ${shape.join('x')} ${dtype} and not the bytes ${begin} to ${end} of ${data.length}`,
    );
  }
  return { dtype: type[0], dims: shape, data: type[2](new Uint8Array(data.subarray(begin, end)).buffer) };
}

function isCounts(value: unknown): value is readonly number[] {
  return Array.isArray(value) && value.every((each) => Number.isSafeInteger(each) && (each as number) >= 0);
}

function corrupt(file: string, what: string, cause?: unknown) {
  return modelError('CORRUPT', file, what, cause);
}
