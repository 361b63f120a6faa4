import { maskLike, sumToShape, upstream } from '../../emit.js';
import { foldElements } from '../../fold.js';
import type { GradientContext, Operator } from '../../operator.js';
import { broadcastInputs } from '../../shapes.js';

/**
 * What Max and Min have in common: any number of inputs, with broadcasting. Where several inputs attain the
 * extremum they share the gradient evenly, as in PyTorch.
 */
export function extremum(opType: 'Max' | 'Min'): Operator {
  const fold = foldElements((...values) => (opType === 'Max' ? Math.max(...values) : Math.min(...values)));
  return { opType, infer: broadcastInputs, fold, gradient: extremumGradient };
}

function extremumGradient(context: GradientContext): readonly (string | undefined)[] {
  const { builder } = context;
  const { inputs } = context.node;
  if (inputs.length === 1) return [upstream(context)];
  const y = context.output(0);
  const masks = inputs.map((input) => maskLike(builder, builder.node('Equal', [input, y]), y));
  const attained = masks.reduce((sum, mask) => builder.node('Add', [sum, mask]));
  const share = builder.node('Div', [upstream(context), attained]);
  return inputs.map((input, i) =>
    context.wants(i) ? sumToShape(builder, builder.node('Mul', [share, masks[i]!]), context.shape(input)) : undefined,
  );
}
