import { foldElements } from '../../fold.js';
import type { Operator } from '../../operator.js';
import { compareInputs } from '../../shapes.js';

/** Whether the first is less or equal, with broadcasting. */
export const lessOrEqual: Operator = {
  opType: 'LessOrEqual',
  infer: compareInputs,
  fold: foldElements((a, b) => Number(a! <= b!)),
};
