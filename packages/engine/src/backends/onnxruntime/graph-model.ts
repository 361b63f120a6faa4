import type { Graph, Model } from '../../graph/types.js';

/** A graph of ours as a model that ONNX Runtime takes. */
export function graphModel(graph: Graph, opset: number): Model {
  return {
    graph,
    opsets: new Map([
      ['', opset],
      ['com.microsoft', 1],
    ]),
    irVersion: 8,
    producer: 'chromaray',
    metadata: new Map(),
  };
}
