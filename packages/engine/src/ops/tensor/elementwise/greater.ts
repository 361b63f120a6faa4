import { foldElements } from '../../fold.js';
import type { Operator } from '../../operator.js';
import { compareInputs } from '../../shapes.js';

/** Whether the first is greater, with broadcasting. */
export const greater: Operator = {
  opType: 'Greater',
  infer: compareInputs,
  fold: foldElements((a, b) => Number(a! > b!)),
};
