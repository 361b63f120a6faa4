import { fromBinary, toBinary } from '@bufbuild/protobuf';
import { describe, expect, it } from 'vitest';
import { GraphBuilder } from '../builder/builder.js';
import type { Graph } from '../graph/types.js';
import { ModelProtoSchema } from './generated/onnx_pb.js';
import { readModel } from './read.js';
import { writeModel } from './write.js';

const model = (graph: Graph) => ({
  ...{ graph, opsets: new Map([['', 17]]), irVersion: 8, producer: '', metadata: new Map<string, string>() },
});

/** A file whose output says nothing of its shape, or of its type. */
function stripped(graph: Graph, what: 'shape' | 'type'): Uint8Array {
  const message = fromBinary(ModelProtoSchema, writeModel(model(graph)));
  for (const output of message.graph!.output) {
    if (what === 'type') delete output.type;
    else if (output.type?.value.case === 'tensorType') delete output.type.value.value.shape;
  }
  return toBinary(ModelProtoSchema, message);
}

function flattened(): Graph {
  const builder = new GraphBuilder('flattened', 17);
  const x = builder.input('x', 'float32', ['batch', 3, 4, 4]);
  const first = builder.node('Gather', [builder.node('Shape', [x]), builder.ints([0])]);
  const target = builder.node('Concat', [first, builder.ints([-1])], { axis: 0 });
  builder.output(builder.node('Reshape', [x, target], {}, { outputs: ['y'] }));
  return builder.build();
}

/** The same with an operator in the way that the engine has no rule for. */
function unknown(): Graph {
  const graph = flattened();
  const nodes = graph.nodes.map((node) => (node.outputs[0] === 'y' ? { ...node, outputs: ['z'] } : node));
  const last = { opType: 'Unheard', domain: '', name: 'last', inputs: ['z'], outputs: ['y'], attributes: {} };
  return { ...graph, nodes: [...nodes, last] };
}

describe('an output without a declared shape', () => {
  it.each(['shape', 'type'] as const)('has the one that follows from the graph, without %s', (what) => {
    expect(readModel(stripped(flattened(), what)).graph.outputs).toEqual([
      { name: 'y', dtype: 'float32', shape: ['batch', 48] },
    ]);
  });

  it('is refused where nothing follows, with the node in the way', () => {
    expect(() => readModel(stripped(unknown(), 'shape'))).toThrow(
      expect.objectContaining({
        code: 'CHROMARAY_MODEL_UNRANKED',
        message: expect.stringMatching(/output "y" has no shape.*Unheard of node "last"/),
      }),
    );
  });

  it('is left out for whoever names other values', () => {
    const { graph } = readModel(stripped(unknown(), 'shape'), { withoutOutputs: true });
    expect(graph.outputs).toEqual([]);
    expect(graph.nodes.at(-1)!.opType).toBe('Unheard');
  });
});
