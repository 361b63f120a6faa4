import type { Operator } from '../operator.js';

export const spatialOperators: readonly Operator[] = [];
