import { foldElements } from '../../fold.js';
import type { Operator } from '../../operator.js';
import { compareInputs } from '../../shapes.js';

/** Whether elements are equal, with broadcasting. */
export const equal: Operator = { opType: 'Equal', infer: compareInputs, fold: foldElements((a, b) => Number(a === b)) };
