import type { Operator } from '../../operator.js';
import { requiredInput } from '../../shapes.js';

/** Whether elements are no numbers; exporters ask it of attention in which everything is masked. */
export const isNaNOperator: Operator = {
  opType: 'IsNaN',
  infer: (context) => [{ dtype: 'bool', shape: requiredInput(context, 0).shape }],
};
