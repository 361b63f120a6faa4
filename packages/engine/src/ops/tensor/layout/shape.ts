import { intAttribute } from '../../../graph/attributes.js';
import type { Operator } from '../../operator.js';
import { requiredInput } from '../../shapes.js';

/** The sizes of a tensor, or of its axes from `start` up to `end`, as int64. */
export const shape: Operator = {
  opType: 'Shape',
  infer(context) {
    const sizes = requiredInput(context, 0).shape;
    const part = sizes.slice(intAttribute(context.node, 'start', 0), intAttribute(context.node, 'end', sizes.length));
    return [{ dtype: 'int64', shape: [part.length] }];
  },
  fold({ node, types }) {
    const sizes = types[0]?.shape ?? [];
    return sizes.slice(intAttribute(node, 'start', 0), intAttribute(node, 'end', sizes.length));
  },
};
