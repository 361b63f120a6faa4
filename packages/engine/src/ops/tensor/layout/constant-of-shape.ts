import { tensorAttribute } from '../../../graph/attributes.js';
import { tensorValues } from '../../../graph/tensor.js';
import type { Operator } from '../../operator.js';
import { requiredSizes } from '../../shapes.js';
import { elementsOf } from '../../small-tensor.js';

/** A tensor of a given shape filled with one value, 0 unless given. */
export const constantOfShape: Operator = {
  opType: 'ConstantOfShape',
  infer(context) {
    const dtype = tensorAttribute(context.node, 'value')?.dtype ?? 'float32';
    return [{ dtype, shape: requiredSizes(context, 0, 'shape') }];
  },
  fold({ node, output }) {
    const value = tensorAttribute(node, 'value');
    const element = value === undefined ? 0 : tensorValues(value)[0]!;
    return elementsOf(output.shape, () => element);
  },
};
