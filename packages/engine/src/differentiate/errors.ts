import { ChromarayError } from '@chromaray/base';
import type { GraphWriter } from '../graph/graph-writer.js';
import type { GraphNode } from '../graph/types.js';

export function tooOld(builder: GraphWriter, oldestOpset: number): ChromarayError {
  return new ChromarayError({
    code: 'CHROMARAY_GRAPH_OPSET',
    message: `The graph ${builder.name} uses operator set ${builder.opset}; gradients need ${oldestOpset} or later.`,
    remedy: 'Upgrade the model first (upgradeOpset), or export it with a later operator set.',
    details: { opset: builder.opset, needed: oldestOpset },
  });
}

export function notFloat(builder: GraphWriter, name: string): ChromarayError {
  const { dtype } = builder.type(name);
  return new ChromarayError({
    code: 'CHROMARAY_GRAPH_NOT_FLOAT',
    message: `The tensor "${name}" is ${dtype}; only floating-point tensors can be trained.`,
    remedy: 'Freeze this tensor, or use a model that is not quantised.',
    details: { tensor: name, dtype },
  });
}

export function noGradient(node: GraphNode, file: string | undefined): ChromarayError {
  const operator = node.domain === '' ? node.opType : `${node.domain}.${node.opType}`;
  const place = file === undefined ? '' : ` of ${file}`;
  return new ChromarayError({
    code: 'CHROMARAY_GRAPH_NO_GRADIENT',
    message: `The operator ${operator} of node "${node.name}"${place} has no gradient rule, but a trained tensor lies before it.`,
    remedy: 'Freeze the tensors before this node, or replace the operator in the model.',
    details: { operator, node: node.name, ...(file === undefined ? {} : { file }) },
  });
}
