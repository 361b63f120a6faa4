import { foldElements } from '../../fold.js';
import type { Operator } from '../../operator.js';
import { compareInputs } from '../../shapes.js';

/** Whether elements are equal, with broadcasting. */
export const equal: Operator = {
  opType: 'Equal',
  infer: compareInputs,
  fold: foldElements(
    (a, b) => Number(a === b),
    // A size is never below 0; exporters ask whether it is -1.
    (a, b) => (a === b ? 1 : [a, b].some((element) => Number(element) < 0) ? 0 : undefined),
  ),
};
