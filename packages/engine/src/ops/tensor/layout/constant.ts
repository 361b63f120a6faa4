import {
  floatAttribute,
  floatsAttribute,
  intAttribute,
  intsAttribute,
  tensorAttribute,
} from '../../../graph/attributes.js';
import { graphError } from '../../../graph/errors.js';
import { tensorOf } from '../../../graph/tensor.js';
import type { GraphNode, Tensor } from '../../../graph/types.js';
import type { Operator } from '../../operator.js';

/** A tensor written into the graph as a node; the builder turns it into an initializer. */
export const constant: Operator = {
  opType: 'Constant',
  infer({ node }) {
    const { dtype, dims } = constantTensor(node);
    return [{ dtype, shape: dims }];
  },
};

/** The tensor of a Constant node. */
export function constantTensor(node: GraphNode): Tensor {
  const tensor = tensorAttribute(node, 'value');
  if (tensor !== undefined) return tensor;
  const ints = intsAttribute(node, 'value_ints');
  if (ints !== undefined) return tensorOf('int64', [ints.length], ints);
  const floats = floatsAttribute(node, 'value_floats');
  if (floats !== undefined) return tensorOf('float32', [floats.length], floats);
  if (node.attributes.value_int !== undefined) return tensorOf('int64', [], [intAttribute(node, 'value_int', 0)]);
  if (node.attributes.value_float !== undefined)
    return tensorOf('float32', [], [floatAttribute(node, 'value_float', 0)]);
  throw graphError(node, 'holds no dense numeric value');
}
