import { foldElements } from '../../fold.js';
import type { Operator } from '../../operator.js';
import { compareInputs } from '../../shapes.js';

/** Whether the first is greater or equal, with broadcasting. */
export const greaterOrEqual: Operator = {
  opType: 'GreaterOrEqual',
  infer: compareInputs,
  fold: foldElements((a, b) => Number(a! >= b!)),
};
