import type { Operator } from '../../operator.js';
import { sameAsInput } from '../../shapes.js';

/** Writes, or adds, updates into a copy of its first input at given places; the gradient of Gather uses it. */
export const scatterElements: Operator = { opType: 'ScatterElements', infer: sameAsInput };
