import type { Backend, BackendOptions } from '../backend.js';
import { onednnAvailable } from '../onednn/available.test-support.js';
import { onednnBackend, onednnLibrary } from '../onednn/backend.js';
import { onnxruntimeBackend } from '../onnxruntime/backend.js';
import { webgpu } from './webgpu.test-support.js';

/** Largest errors against float64, as shares of what is compared. */
export interface Tolerance {
  /** Of the loss, logits and probabilities. */
  readonly value: number;
  /** Of a tensor's gradient, in the Euclidean norm. */
  readonly gradient: number;
  /** Of the losses of twenty steps. */
  readonly trajectory: number;
}

/** Something that trains and predicts, and must pass every test of this suite. */
export interface Subject {
  readonly name: string;
  readonly backend: Backend;
  readonly options: BackendOptions;
  readonly tolerance: Tolerance;
  /** Why this machine cannot test it; undefined when it can. */
  readonly missing?: string;
  /** So slow that it is given only the cases marked essential. */
  readonly slow?: boolean;
}

const single: Tolerance = { value: 2e-5, gradient: 2e-4, trajectory: 1e-4 };
/** 8 bits of mantissa: a relative rounding error of 0.4 % in every value on the way. */
const half: Tolerance = { value: 0.03, gradient: 0.16, trajectory: 0.05 };

const noOnednn = onednnAvailable ? {} : { missing: 'no oneDNN library' };
const noBfloat16 = !onednnAvailable
  ? { missing: 'no oneDNN library' }
  : onednnLibrary().bfloat16
    ? {}
    : { missing: 'the processor does not compute in bfloat16' };

const threads = 1;

/** Every backend, with every way it computes. */
export const subjects: readonly Subject[] = [
  { name: 'onnxruntime', backend: onnxruntimeBackend, options: { threads }, tolerance: single },
  { name: 'onednn', backend: onednnBackend, options: { threads }, tolerance: single, ...noOnednn },
  {
    name: 'onednn in bfloat16',
    backend: onednnBackend,
    options: { threads, precision: 'bfloat16' },
    tolerance: half,
    ...noBfloat16,
  },
  {
    name: 'onnxruntime on webgpu',
    backend: onnxruntimeBackend,
    options: { threads, provider: 'webgpu' },
    tolerance: single,
    slow: webgpu.software,
    ...(webgpu.missing === undefined ? {} : { missing: webgpu.missing }),
  },
];

/** A subject as a test names it: with the reason where it is skipped. */
export function title({ name, missing }: Subject): string {
  return missing === undefined ? name : `${name} (skipped: ${missing})`;
}
