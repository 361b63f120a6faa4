import { create, toBinary } from '@bufbuild/protobuf';
import { elementType } from '../graph/dtype.js';
import { sourceOf } from '../graph/sources.js';
import type { Dim, Graph, GraphNode, Model, ValueInfo } from '../graph/types.js';
import { writeAttribute } from './attribute-proto.js';
import { modelError } from './errors.js';
import {
  type GraphProto,
  GraphProtoSchema,
  type ModelProto,
  ModelProtoSchema,
  type NodeProto,
  NodeProtoSchema,
  OperatorSetIdProtoSchema,
  StringStringEntryProtoSchema,
  TypeProtoSchema,
  type ValueInfoProto,
  ValueInfoProtoSchema,
} from './generated/onnx_pb.js';
import { writeTensor } from './tensor-proto.js';

/** Initializers that are not also inputs exist since this version of the format. */
const separateInitializers = 4;

/** Protobuf messages end at 2 GiB; a little is left for everything that is not weights. */
const largestFile = 2 ** 31 - 2 ** 20;

/**
 * The bytes of a `.onnx` file. What a model was read with and the engine does not know (documentation,
 * unknown fields) is written back.
 *
 * @throws ChromarayError `CHROMARAY_MODEL_TOO_LARGE` beyond 2 GiB
 */
export function writeModel(model: Model): Uint8Array {
  const { graph } = model;
  const weights = [...graph.initializers.values()].reduce((sum, { data }) => sum + data.byteLength, 0);
  if (weights > largestFile) {
    throw modelError('TOO_LARGE', graph.name, `its weights take ${weights} bytes`);
  }
  const message = Object.assign(create(ModelProtoSchema), sourceOf<ModelProto>(model), {
    irVersion: BigInt(irVersionFor(model)),
    opsetImport: [...model.opsets].map(([domain, version]) =>
      create(OperatorSetIdProtoSchema, { domain, version: BigInt(version) }),
    ),
    producerName: model.producer,
    metadataProps: [...model.metadata].map(([key, value]) => create(StringStringEntryProtoSchema, { key, value })),
    graph: writeGraph(graph),
  });
  return toBinary(ModelProtoSchema, message);
}

function irVersionFor({ irVersion, graph }: Model): number {
  const inputs = new Set(graph.inputs.map(({ name }) => name));
  const separate = [...graph.initializers.keys()].some((name) => !inputs.has(name));
  return separate ? Math.max(irVersion, separateInitializers) : irVersion;
}

function writeGraph(graph: Graph): GraphProto {
  return Object.assign(create(GraphProtoSchema), sourceOf<GraphProto>(graph), {
    name: graph.name,
    node: graph.nodes.map(writeNode),
    initializer: [...graph.initializers].map(([name, tensor]) => writeTensor(name, tensor)),
    input: graph.inputs.map(writeValueInfo),
    output: graph.outputs.map(writeValueInfo),
  });
}

function writeNode(node: GraphNode): NodeProto {
  const known = sourceOf<NodeProto>(node);
  if (known !== undefined) return known;
  const message = create(NodeProtoSchema, { name: node.name, opType: node.opType, domain: node.domain });
  message.input = [...node.inputs];
  message.output = [...node.outputs];
  message.attribute = Object.entries(node.attributes).map(([name, value]) => writeAttribute(name, value));
  return message;
}

function writeValueInfo(info: ValueInfo): ValueInfoProto {
  const known = sourceOf<ValueInfoProto>(info);
  if (known !== undefined) return known;
  return create(ValueInfoProtoSchema, {
    name: info.name,
    type: create(TypeProtoSchema, {
      value: {
        case: 'tensorType',
        value: { elemType: elementType(info.dtype), shape: { dim: info.shape.map(dimension) } },
      },
    }),
  });
}

function dimension(dim: Dim) {
  return typeof dim === 'number'
    ? { value: { case: 'dimValue' as const, value: BigInt(dim) } }
    : { value: { case: 'dimParam' as const, value: dim } };
}
