import type { Operator } from './operator.js';
import { spatialOperators } from './spatial/table.js';
import { tensorOperators } from './tensor/table.js';

/** Every operator the engine knows. */
export const operators: readonly Operator[] = [...tensorOperators, ...spatialOperators];
