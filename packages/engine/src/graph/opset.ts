import type { Model } from './types.js';

/**
 * The operator set of the models built here. 17 has everything the engine emits, and runtimes have had it
 * since 2022.
 */
export const defaultOpset = 17;

/** Operator set a model is written in. */
export function modelOpset({ opsets }: Model): number {
  return opsets.get('') ?? opsets.get('ai.onnx') ?? defaultOpset;
}
