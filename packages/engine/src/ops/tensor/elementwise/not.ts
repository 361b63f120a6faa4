import type { Operator } from '../../operator.js';
import { sameAsInput } from '../../shapes.js';

/** Logical negation. */
export const not: Operator = { opType: 'Not', infer: sameAsInput };
