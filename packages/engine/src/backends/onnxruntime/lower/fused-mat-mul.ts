import { floatAttribute, intAttribute } from '../../../graph/attributes.js';
import type { GraphWriter } from '../../../graph/graph-writer.js';
import type { GraphNode } from '../../../graph/types.js';
import { emitFor } from './emit.js';

/** Whether a node is ONNX Runtime's own matrix product with exchanged axes. */
export function isFusedMatMul(node: GraphNode): boolean {
  return node.opType === 'FusedMatMul' && node.domain === 'com.microsoft';
}

/** The same as Transpose, MatMul and a factor. */
export function lowerFusedMatMul(builder: GraphWriter, node: GraphNode): void {
  const emit = emitFor(builder, node);
  const [a, b] = node.inputs as [string, string];
  const exchanged = (value: string, attribute: string) => {
    const rank = builder.type(value).shape.length;
    if (intAttribute(node, attribute, 0) === 0 || rank < 2) return value;
    const axes = Array.from({ length: rank }, (_, axis) => axis);
    return emit('Transpose', [value], { perm: [...axes.slice(0, -2), rank - 1, rank - 2] });
  };
  const factors = [exchanged(a, 'transA'), exchanged(b, 'transB')];
  const alpha = floatAttribute(node, 'alpha', 1);
  const output = node.outputs[0]!;
  if (alpha === 1) emit('MatMul', factors, {}, output);
  else emit('Mul', [emit('MatMul', factors), builder.floats(alpha)], {}, output);
}
