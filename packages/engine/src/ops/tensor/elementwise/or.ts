import type { Operator } from '../../operator.js';
import { compareInputs } from '../../shapes.js';

/** Whether either is true, with broadcasting. */
export const or: Operator = { opType: 'Or', infer: compareInputs };
