import { buildDeoldifyGenerator, type Graph, type Model, removeDeadNodes, withWeights } from '@chromaray/engine';
import type { DeoldifySizes } from './deoldify-sizes.js';
import { inHalfPrecision } from './half-precision.js';

/**
 * Sides that the encoder halves five times without a rest. At others DeOldify's decoder cuts what it doubled, by sizes
 * that a file can only have for one size.
 */
export const deoldifySideUnit = 32;

/** DeOldify's generator as a file of the contract `deoldify-imagenet`, for any side that is a multiple of 32. */
export function deoldifyFile(sizes: DeoldifySizes, weights: ReadonlyMap<string, Float32Array>): Model {
  const side = 2 * deoldifySideUnit;
  const trained = buildDeoldifyGenerator({ height: side, width: side, seed: 0, ...sizes });
  const model = withWeights(trained.model, weights);
  return inHalfPrecision({ ...model, graph: between(model.graph, 'input', trained.logits) });
}

/** The part of a graph that computes one value from another, with the names and open sizes of the contract. */
function between(graph: Graph, from: string, to: string): Graph {
  const called = (name: string): string => (name === from ? 'input' : name === to ? 'output' : name);
  const nodes = graph.nodes
    .filter(({ outputs }) => !outputs.includes(from))
    .map((node) => ({ ...node, inputs: node.inputs.map(called), outputs: node.outputs.map(called) }));
  const shape = [1, 3, 'height', 'width'];
  return removeDeadNodes({
    ...graph,
    nodes,
    inputs: [{ name: 'input', dtype: 'float32', shape }],
    outputs: [{ name: 'output', dtype: 'float32', shape }],
  });
}
