import type { Operator } from '../operator.js';

export const tensorOperators: readonly Operator[] = [];
