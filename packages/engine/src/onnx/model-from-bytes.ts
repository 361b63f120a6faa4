import { fromBinary } from '@bufbuild/protobuf';
import { isChromarayError } from '@chromaray/base';
import { inferShapes } from '../builder/infer-shapes.js';
import { dtypeOfElementType } from '../graph/dtype.js';
import { inferenceForm } from '../graph/inference-form.js';
import { orderNodes } from '../graph/order.js';
import { removeDeadNodes } from '../graph/prune.js';
import { rememberSource } from '../graph/sources.js';
import type { AttributeValue, Dim, Graph, GraphNode, Model, Tensor, ValueInfo } from '../graph/types.js';
import { readAttribute } from './attribute-proto.js';
import { modelError } from './errors.js';
import {
  type GraphProto,
  type ModelProto,
  ModelProtoSchema,
  type NodeProto,
  type ValueInfoProto,
} from './generated/onnx_pb.js';
import { type ModelOrigin, readTensor } from './tensor-proto.js';

/** Older operator sets differ too much (Reshape and Dropout, BatchNormalization and Add had other forms). */
const oldestOpset = 7;

/**
 * A model from the bytes of a `.onnx` file; runs in a browser too. Operators the engine does not know are no error here: a
 * model may be run without being understood. They are reported when the graph is differentiated or rebuilt.
 *
 * @throws ChromarayError `CHROMARAY_MODEL_CORRUPT` for bytes that are no ONNX model, `..._VERSION` for too old
 *   operator sets, `..._CONTROL_FLOW`, `..._FUNCTIONS`, `..._SPARSE`, `..._TYPE`, `..._ATTRIBUTE` and
 *   `..._UNRANKED` for what the engine cannot hold, `..._TENSOR` and `..._EXTERNAL_DATA` for weights that are
 *   broken or missing, and those of `orderNodes`
 */
export function modelFromBytes(bytes: Uint8Array, origin: ModelOrigin): Model {
  const message = parse(bytes, origin);
  if (message.graph === undefined)
    throw modelError('CORRUPT', origin.label, 'this is not an ONNX model: it has no graph');
  if (message.functions.length > 0) {
    const names = message.functions.map(({ name }) => name).join(', ');
    throw modelError('FUNCTIONS', origin.label, `it defines operators of its own as functions (${names})`);
  }
  const opsets = new Map(message.opsetImport.map(({ domain, version }) => [standard(domain), Number(version)]));
  const opset = opsets.get('');
  if (opset === undefined || opset < oldestOpset) {
    throw modelError('VERSION', origin.label, `its operator set is ${opset ?? 'not given'}, older than ${oldestOpset}`);
  }
  const model: Model = {
    graph: readGraph(message.graph, opset, origin),
    opsets,
    irVersion: Number(message.irVersion),
    producer: message.producerName,
    metadata: new Map(message.metadataProps.map(({ key, value }) => [key, value])),
  };
  return rememberSource(model, withoutGraph(message));
}

function parse(bytes: Uint8Array, origin: ModelOrigin): ModelProto {
  try {
    return fromBinary(ModelProtoSchema, bytes);
  } catch (cause) {
    throw modelError(
      'CORRUPT',
      origin.label,
      `this is not an ONNX model, or it is damaged (${(cause as Error).message})`,
      cause,
    );
  }
}

/** The graph's own message is remembered with the graph; the weights would stay in memory otherwise. */
function withoutGraph(message: ModelProto): ModelProto {
  delete message.graph;
  return message;
}

function standard(domain: string): string {
  return domain === 'ai.onnx' ? '' : domain;
}

function readGraph(message: GraphProto, opset: number, origin: ModelOrigin): Graph {
  if (message.sparseInitializer.length > 0) throw modelError('SPARSE', origin.label, 'it holds sparse weights');
  const initializers = new Map<string, Tensor>(
    message.initializer.map((tensor) => [tensor.name, readTensor(tensor, origin)]),
  );
  const inputs = message.input.map((input) => readValueInfo(input, origin));
  const nodes = orderNodes(
    message.node.map((node, i) => readNode(node, i, origin)),
    new Set([...initializers.keys(), ...inputs.map(({ name }) => name)]),
    origin.label,
  );
  const unshaped: Graph = { name: message.name, inputs, outputs: [], initializers, nodes };
  const outputs = message.output.flatMap((output): ValueInfo | readonly ValueInfo[] =>
    hasShape(output) ? readValueInfo(output, origin) : inferOutput(output, unshaped, opset, origin),
  );
  message.initializer = [];
  message.node = [];
  return rememberSource<Graph>({ ...unshaped, outputs }, message);
}

/** A few exporters leave out the types of outputs, or their shapes. */
function hasShape({ type }: ValueInfoProto): boolean {
  if (type === undefined) return false;
  return type.value.case !== 'tensorType' || type.value.value.shape !== undefined;
}

/** The output with the shape that follows from the graph; none where that cannot be said and nobody needs it. */
function inferOutput(
  { name }: ValueInfoProto,
  graph: Graph,
  opset: number,
  origin: ModelOrigin,
): ValueInfo | readonly ValueInfo[] {
  try {
    const needed = removeDeadNodes({ ...inferenceForm(graph), outputs: [{ name, dtype: 'float32', shape: [] }] });
    const type = inferShapes({ ...needed, outputs: [] }, opset).get(name);
    if (type !== undefined) return { name, ...type };
    throw modelError('UNRANKED', origin.label, `nothing in the graph makes the output "${name}"`);
  } catch (cause) {
    if (origin.withoutOutputs) return [];
    const why = isChromarayError(cause) ? ` (${cause.message.replace(/\.$/, '')})` : '';
    throw modelError(
      'UNRANKED',
      origin.label,
      `the output "${name}" has no shape, and none can be inferred${why}`,
      cause,
    );
  }
}

function readNode(message: NodeProto, index: number, origin: ModelOrigin): GraphNode {
  const name = message.name === '' ? `${message.opType}_${index}` : message.name;
  const what = `the ${message.opType} node "${name}"`;
  const attributes: Record<string, AttributeValue> = {};
  for (const attribute of message.attribute) attributes[attribute.name] = readAttribute(attribute, what, origin);
  const node: GraphNode = {
    opType: message.opType,
    domain: standard(message.domain),
    name,
    inputs: message.input,
    outputs: message.output,
    attributes,
  };
  return rememberSource(node, message);
}

function readValueInfo(message: ValueInfoProto, origin: ModelOrigin): ValueInfo {
  const { name, type } = message;
  const kind = type?.value.case;
  const what = `the value "${name}"`;
  if (type?.value.case !== 'tensorType') {
    throw modelError(
      'TYPE',
      origin.label,
      `${what} is ${kind === undefined ? 'of no known type' : `a ${kindName(kind)}`}, not a tensor`,
    );
  }
  const { elemType, shape } = type.value.value;
  const dtype = dtypeOfElementType(elemType);
  if (dtype === undefined)
    throw modelError('TYPE', origin.label, `${what} has element type ${elemType}, which the engine cannot hold`);
  if (shape === undefined) throw modelError('UNRANKED', origin.label, `${what} has no shape`);
  const dims = shape.dim.map(({ value }, axis): Dim => {
    if (value.case === 'dimValue' && value.value >= 0n) return Number(value.value);
    return value.case === 'dimParam' && value.value !== '' ? value.value : `${name}_${axis}`;
  });
  return rememberSource<ValueInfo>({ name, dtype, shape: dims }, message);
}

function kindName(kind: string): string {
  return kind.replace('Type', '').replace('sparseTensor', 'sparse tensor');
}
