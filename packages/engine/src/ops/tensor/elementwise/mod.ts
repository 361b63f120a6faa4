import { intAttribute } from '../../../graph/attributes.js';
import { isFloat } from '../../../graph/dtype.js';
import { scalarLike, sumToShape, upstream } from '../../emit.js';
import { foldElements } from '../../fold.js';
import type { Operator } from '../../operator.js';
import { broadcastInputs } from '../../shapes.js';

/**
 * The remainder of `a / b`, with broadcasting: with the sign of `b`, or with that of `a` where `fmod` says so, as it
 * must for floats. `dy/da = 1`, `dy/db` is minus the whole quotient.
 */
export const mod: Operator = {
  opType: 'Mod',
  infer: broadcastInputs,
  fold: (context) => (intAttribute(context.node, 'fmod', 0) === 1 ? signOfFirst : signOfSecond)(context),
  gradient(context) {
    const { builder } = context;
    const [a, b] = [context.input(0), context.input(1)];
    if (!isFloat(context.type(a).dtype)) return [];
    const dy = upstream(context);
    const quotient = () => {
      const exact = builder.node('Div', [builder.node('Sub', [a, context.output(0)]), b]);
      // A whole number but for rounding.
      return builder.node('Floor', [builder.node('Add', [exact, scalarLike(builder, exact, 0.5)])]);
    };
    return [
      context.wants(0) ? sumToShape(builder, dy, context.shape(a)) : undefined,
      context.wants(1)
        ? sumToShape(builder, builder.node('Neg', [builder.node('Mul', [dy, quotient()])]), context.shape(b))
        : undefined,
    ];
  },
};

const signOfFirst = foldElements((a, b) => a! % b!);
const signOfSecond = foldElements((a, b) => a! - b! * Math.floor(a! / b!));
