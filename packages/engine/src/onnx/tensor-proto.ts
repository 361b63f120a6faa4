import { create } from '@bufbuild/protobuf';
import { allocate, dtypeOfElementType, elementBytes, elementType } from '../graph/dtype.js';
import { rememberSource, sourceOf } from '../graph/sources.js';
import { elementCount } from '../graph/tensor.js';
import type { DType, Tensor, TensorData } from '../graph/types.js';
import { modelError } from './errors.js';
import { type TensorProto, TensorProto_DataLocation, TensorProtoSchema } from './generated/onnx_pb.js';

/** Where a model comes from: what errors call it, and who reads its weights where they lie in other files. */
export interface ModelOrigin {
  readonly label: string;
  /** Absent for a model given as bytes. */
  readonly readBeside?: (tensor: TensorProto) => Uint8Array;
  readonly withoutOutputs?: boolean;
}

/** The tensor in a message: from raw bytes, from a typed list, or from a file beside the model. */
export function readTensor(message: TensorProto, origin: ModelOrigin): Tensor {
  const what = `the tensor "${message.name}"`;
  const dtype = dtypeOfElementType(message.dataType);
  if (dtype === undefined) {
    throw modelError(
      'TYPE',
      origin.label,
      `${what} has element type ${message.dataType}, which the engine cannot hold`,
    );
  }
  const dims = message.dims.map(Number);
  const count = elementCount(dims);
  if (!Number.isSafeInteger(count) || dims.some((dim) => dim < 0)) {
    throw modelError('TENSOR', origin.label, `${what} has the impossible shape [${dims.join(', ')}]`);
  }
  const external = message.dataLocation === TensorProto_DataLocation.EXTERNAL;
  const bytes = external ? readBeside(message, origin) : message.rawData;
  const list = bytes.length > 0 ? undefined : typedList(message, dtype);
  const found = list === undefined ? bytes.length / elementBytes(dtype) : list.length;
  if (found !== count) {
    throw modelError(
      'TENSOR',
      origin.label,
      `${what} of shape [${dims.join(', ')}] has ${found} elements, not ${count}`,
    );
  }
  const data = list === undefined ? fromBytes(dtype, bytes, count) : fromList(dtype, list);
  return rememberSource<Tensor>({ dtype, dims, data }, withoutData(message));
}

function readBeside(message: TensorProto, { label, readBeside: read }: ModelOrigin): Uint8Array {
  if (read !== undefined) return read(message);
  const location = message.externalData.find(({ key }) => key === 'location')?.value ?? '';
  const what = `the tensor "${message.name}" lies in the file "${location}"`;
  throw modelError('EXTERNAL_DATA', label, `${what}, but the model was given as bytes, without a folder`);
}

/** The message for a tensor under a name; data is always written as raw little-endian bytes. */
export function writeTensor(name: string, tensor: Tensor): TensorProto {
  const { buffer, byteOffset, byteLength } = tensor.data;
  return Object.assign(create(TensorProtoSchema), sourceOf<TensorProto>(tensor), {
    name,
    dataType: elementType(tensor.dtype),
    dims: tensor.dims.map(BigInt),
    rawData: new Uint8Array(buffer, byteOffset, byteLength),
  });
}

/** Documentation and unknown fields only: the data would otherwise be held twice. */
function withoutData(message: TensorProto): TensorProto {
  const kept = create(TensorProtoSchema, message.docString === '' ? {} : { docString: message.docString });
  if (message.$unknown !== undefined) kept.$unknown = message.$unknown;
  return kept;
}

function typedList(message: TensorProto, dtype: DType): readonly (number | bigint)[] {
  switch (dtype) {
    case 'float32':
      return message.floatData;
    case 'float64':
      return message.doubleData;
    case 'int64':
      return message.int64Data;
    case 'uint32':
    case 'uint64':
      return message.uint64Data;
    default:
      // Small integers, bool and the bits of 16-bit floats.
      return message.int32Data;
  }
}

function fromList(dtype: DType, list: readonly (number | bigint)[]): TensorData {
  const data = allocate(dtype, list.length);
  const wide = data instanceof BigInt64Array || data instanceof BigUint64Array;
  list.forEach((value, i) => {
    data[i] = wide ? BigInt(value) : Number(value);
  });
  return data;
}

function fromBytes(dtype: DType, bytes: Uint8Array, count: number): TensorData {
  const data = allocate(dtype, count);
  // A copy: the bytes in a file are rarely aligned, and a view would keep the whole file in memory.
  new Uint8Array(data.buffer).set(bytes);
  return data;
}
