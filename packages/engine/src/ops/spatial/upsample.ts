import { floatsAttribute } from '../../graph/attributes.js';
import { graphError } from '../../graph/errors.js';
import { tensorValues } from '../../graph/tensor.js';
import type { Operator } from '../operator.js';
import { requiredInput } from '../shapes.js';

/** Resampling before operator set 10; `upgradeOpset` makes a Resize of it, which has a gradient. */
export const upsample: Operator = {
  opType: 'Upsample',
  infer(context) {
    const { node } = context;
    const { dtype, shape } = requiredInput(context, 0);
    const given = context.constant(1);
    const scales = floatsAttribute(node, 'scales') ?? (given === undefined ? undefined : tensorValues(given));
    if (scales?.length !== shape.length) throw graphError(node, 'needs a scale for each axis');
    return [
      {
        dtype,
        shape: shape.map((size, axis) => {
          if (scales[axis] === 1) return size;
          return typeof size === 'number' ? Math.floor(size * scales[axis]!) : `${node.outputs[0]}_axis${axis}`;
        }),
      },
    ];
  },
};
