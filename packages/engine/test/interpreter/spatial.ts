import type { Interpreter } from './f64-tensor.js';

export const spatial: Readonly<Record<string, Interpreter>> = {};
