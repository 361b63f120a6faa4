import { tensorAttribute } from '../../attributes.js';
import type { Operator } from '../../operator.js';
import { requiredConstant } from '../../shapes.js';

/** A tensor of a given shape filled with one value, 0 unless given. */
export const constantOfShape: Operator = {
  opType: 'ConstantOfShape',
  infer(context) {
    const dtype = tensorAttribute(context.node, 'value')?.dtype ?? 'float32';
    return [{ dtype, shape: requiredConstant(context, 0, 'shape') }];
  },
};
