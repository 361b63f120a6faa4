import type { Operator } from '../../operator.js';
import { compareInputs } from '../../shapes.js';

/** Whether exactly one is true, with broadcasting. */
export const xor: Operator = { opType: 'Xor', infer: compareInputs };
