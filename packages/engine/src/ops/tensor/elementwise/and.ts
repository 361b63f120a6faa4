import type { Operator } from '../../operator.js';
import { compareInputs } from '../../shapes.js';

/** Whether both are true, with broadcasting. */
export const and: Operator = { opType: 'And', infer: compareInputs };
