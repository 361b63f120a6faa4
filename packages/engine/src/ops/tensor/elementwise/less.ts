import { foldElements } from '../../fold.js';
import type { Operator } from '../../operator.js';
import { compareInputs } from '../../shapes.js';

/** Whether the first is less, with broadcasting. */
export const less: Operator = { opType: 'Less', infer: compareInputs, fold: foldElements((a, b) => Number(a! < b!)) };
