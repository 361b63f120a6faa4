import { isFloat } from '../../../graph/dtype.js';
import { sumToShape, upstream } from '../../emit.js';
import { foldElements } from '../../fold.js';
import type { Operator } from '../../operator.js';
import { broadcastInputs } from '../../shapes.js';
import { quotientOf } from '../../sizes.js';

/** `y = a / b`, with broadcasting; `dy/da = 1 / b`, `dy/db = -y / b`. */
export const div: Operator = {
  opType: 'Div',
  infer: broadcastInputs,
  // ONNX divides integers towards zero.
  fold: (context) => (isFloat(context.output.dtype) ? floats : integers)(context),
  gradient(context) {
    const { builder } = context;
    const dy = upstream(context);
    const [a, b] = [context.input(0), context.input(1)];
    const quotient = builder.node('Div', [dy, b]);
    const product = () => builder.node('Neg', [builder.node('Mul', [quotient, context.output(0)])]);
    return [
      context.wants(0) ? sumToShape(builder, quotient, context.shape(a)) : undefined,
      context.wants(1) ? sumToShape(builder, product(), context.shape(b)) : undefined,
    ];
  },
};

const floats = foldElements((a, b) => a! / b!);
const integers = foldElements(
  (a, b) => Math.trunc(a! / b!),
  (a, b) => quotientOf(a!, b!),
);
