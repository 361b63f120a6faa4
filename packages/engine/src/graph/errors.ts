import { ChromarayError } from '@chromaray/base';
import type { GraphNode } from './types.js';

/** An error about one node of a graph; the message names the operator and the node. */
export function graphError(node: Pick<GraphNode, 'opType' | 'name'>, problem: string): ChromarayError {
  return new ChromarayError({
    code: 'CHROMARAY_GRAPH_NODE',
    message: `${node.opType} node "${node.name}" ${problem}.`,
    remedy: 'Check the model file, or the code that built the graph, at this node.',
    details: { operator: node.opType, node: node.name },
  });
}

/** Inputs of a node whose shapes or types do not fit the operator. */
export function shapeError(node: Pick<GraphNode, 'opType' | 'name'>, problem: string): ChromarayError {
  return new ChromarayError({
    code: 'CHROMARAY_GRAPH_SHAPE',
    message: `${node.opType} node "${node.name}": ${problem}.`,
    remedy: 'Check the shapes of the inputs at this node.',
    details: { operator: node.opType, node: node.name },
  });
}
