import { create } from '@bufbuild/protobuf';
import type { AttributeValue, Tensor } from '../graph/types.js';
import { modelError } from './errors.js';
import { isFloatAttribute } from './float-attributes.js';
import {
  type AttributeProto,
  AttributeProtoSchema,
  AttributeProto_AttributeType as Kind,
} from './generated/onnx_pb.js';
import { type ModelOrigin, readTensor, writeTensor } from './tensor-proto.js';

/** The value of an attribute; `node` says whose it is, for messages. */
export function readAttribute(message: AttributeProto, node: string, origin: ModelOrigin): AttributeValue {
  switch (message.type) {
    case Kind.FLOAT:
      return { float: message.f };
    case Kind.INT:
      return integer(message.i);
    case Kind.STRING:
      return new TextDecoder().decode(message.s);
    case Kind.TENSOR:
      if (message.t !== undefined) return readTensor(message.t, origin);
      break;
    case Kind.FLOATS:
      return { floats: message.floats };
    case Kind.INTS:
      return message.ints.map(Number);
    case Kind.STRINGS:
      return message.strings.map((bytes) => new TextDecoder().decode(bytes));
    case Kind.GRAPH:
    case Kind.GRAPHS:
      throw modelError('CONTROL_FLOW', origin.label, `${node} holds a graph in its attribute "${message.name}"`);
    case Kind.SPARSE_TENSOR:
    case Kind.SPARSE_TENSORS:
      throw modelError('SPARSE', origin.label, `${node} holds a sparse tensor in its attribute "${message.name}"`);
  }
  throw modelError(
    'ATTRIBUTE',
    origin.label,
    `${node} has an attribute "${message.name}" of kind ${Kind[message.type] ?? message.type}, which the engine cannot hold`,
  );
}

/** Small integers are numbers; those a number cannot hold (a Slice "to the end" is 2^63 - 1) stay bigint. */
function integer(value: bigint): number | bigint {
  return BigInt(Number(value)) === value && Number.isSafeInteger(Number(value)) ? Number(value) : value;
}

export function writeAttribute(name: string, value: AttributeValue): AttributeProto {
  return Object.assign(create(AttributeProtoSchema), { name }, content(name, value));
}

function content(name: string, value: AttributeValue): Partial<AttributeProto> {
  if (typeof value === 'bigint') return { type: Kind.INT, i: value };
  if (typeof value === 'string') return { type: Kind.STRING, s: new TextEncoder().encode(value) };
  if (typeof value === 'number') {
    return Number.isInteger(value) && !isFloatAttribute(name)
      ? { type: Kind.INT, i: BigInt(value) }
      : { type: Kind.FLOAT, f: value };
  }
  if (Array.isArray(value)) return list(name, value);
  const object = value as { float: number } | { floats: readonly number[] } | Tensor;
  if ('float' in object) return { type: Kind.FLOAT, f: object.float };
  if ('floats' in object) return { type: Kind.FLOATS, floats: [...object.floats] };
  return { type: Kind.TENSOR, t: writeTensor('', object) };
}

function list(name: string, values: readonly (number | bigint | string)[]): Partial<AttributeProto> {
  if (values.some((value) => typeof value === 'string')) {
    return { type: Kind.STRINGS, strings: values.map((value) => new TextEncoder().encode(String(value))) };
  }
  const whole = values.every((value) => typeof value === 'bigint' || Number.isInteger(value));
  if (whole && !isFloatAttribute(name)) {
    return { type: Kind.INTS, ints: values.map((value) => BigInt(value as number | bigint)) };
  }
  return { type: Kind.FLOATS, floats: values.map(Number) };
}
