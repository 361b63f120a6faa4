import type { GraphBuilder } from '../../../graph/builder.js';
import type { GraphNode } from '../../../graph/types.js';
import { intAttribute } from '../../../ops/attributes.js';
import { emitFor } from './emit.js';

/**
 * Whether a transposed convolution has several groups and only one output channel in each: the WebGPU provider
 * of ONNX Runtime 1.30 gives wrong numbers for it where a group's input channels are an even number.
 */
export function isNarrowConvTranspose(node: GraphNode, builder: GraphBuilder): boolean {
  if (node.opType !== 'ConvTranspose' || node.domain !== '') return false;
  const group = intAttribute(node, 'group', 1);
  const [channels, outputs] = builder.shape(node.inputs[1]!);
  return group > 1 && outputs === 1 && (channels! / group) % 2 === 0;
}

/** The same with every output channel made twice, and one of the two thrown away. */
export function lowerNarrowConvTranspose(builder: GraphBuilder, node: GraphNode): void {
  const emit = emitFor(builder, node);
  const [x, weights, bias = ''] = node.inputs as [string, string, string?];
  const group = intAttribute(node, 'group', 1);
  const twice = emit('ConvTranspose', [x, emit('Concat', [weights, weights], { axis: 1 })], node.attributes);
  // Sizes of space are known once a model is built; 0 keeps the number of examples, which may be open.
  const space = builder.type(twice).shape.slice(2) as number[];
  const pairs = emit('Reshape', [twice, builder.ints([0, group, 2, ...space])]);
  const first = emit('Slice', [pairs, ...[[0], [1], [2]].map((value) => builder.ints(value))]);
  const output = node.outputs[0]!;
  const dims = builder.ints([0, group, ...space]);
  if (bias === '') {
    emit('Reshape', [first, dims], {}, output);
    return;
  }
  const onChannels = emit('Reshape', [bias, builder.ints([group, ...space.map(() => 1)])]);
  emit('Add', [emit('Reshape', [first, dims]), onChannels], {}, output);
}
