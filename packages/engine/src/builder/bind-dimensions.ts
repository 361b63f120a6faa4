import { ChromarayError, nearest } from '@chromaray/base';
import type { Graph } from '../graph/types.js';
import { foldConstants } from './fold-constants.js';

/**
 * The same graph with sizes in place of names, for example `{ batch: 32 }`. All shapes are inferred anew, and
 * what a graph computes from its own shapes becomes constant.
 *
 * @throws ChromarayError `CHROMARAY_GRAPH_DIMENSION` for a name that no input has, or a size below 1, and what
 *   shape inference finds
 */
export function bindDimensions(graph: Graph, opset: number, sizes: Readonly<Record<string, number>>): Graph {
  const names = new Set(graph.inputs.flatMap(({ shape }) => shape.filter((dim) => typeof dim === 'string')));
  for (const [name, size] of Object.entries(sizes)) {
    if (!names.has(name)) throw dimensionError(name, [...names]);
    if (!Number.isInteger(size) || size < 1) throw sizeError(name, size);
  }
  const inputs = graph.inputs.map((input) => ({
    ...input,
    shape: input.shape.map((dim) => (typeof dim === 'string' ? (sizes[dim] ?? dim) : dim)),
  }));
  return foldConstants({ ...graph, inputs }, opset);
}

function dimensionError(name: string, known: readonly string[]): ChromarayError {
  const suggestion = nearest(name, known);
  return new ChromarayError({
    code: 'CHROMARAY_GRAPH_DIMENSION',
    message: `No input has a size named "${name}"; the open sizes are ${known.join(', ') || 'none'}.`,
    remedy: suggestion === undefined ? 'Name one of these.' : `Did you mean ${suggestion}?`,
    details: { name, known },
  });
}

function sizeError(name: string, size: number): ChromarayError {
  return new ChromarayError({
    code: 'CHROMARAY_GRAPH_DIMENSION',
    message: `The size "${name}" cannot be ${size}; it is a whole number of at least 1.`,
    remedy: 'Give a positive whole number.',
    details: { name, size },
  });
}
