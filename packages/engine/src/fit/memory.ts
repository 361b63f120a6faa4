import { totalmem } from 'node:os';
import { ChromarayError } from '@chromaray/base';
import type { Backend } from '../backends/backend.js';
import type { TrainableModel } from '../training/types.js';
import { estimateTrainingMemory } from './size.js';

/** Bytes this process may ever hold: the machine's memory, or a container's limit where that is less. */
export function machineMemory(): number {
  const limit = process.constrainedMemory();
  return limit > 0 ? Math.min(limit, totalmem()) : totalmem();
}

/** A training whose memory is to be checked before it starts. */
export interface MemoryRequest {
  readonly model: TrainableModel;
  readonly batch: number;
  readonly backend: Backend['name'];
  /** What the training is called in the message. */
  readonly label?: string;
  /** Default: `machineMemory()`. */
  readonly machineBytes?: number;
}

/**
 * Refuses a training that needs more memory than the machine has, and returns what it needs: see
 * `estimateTrainingMemory`.
 *
 * @throws ChromarayError `CHROMARAY_TRAINING_MEMORY` with both numbers and the largest batch that fits
 */
export function checkMemory({ model, batch, backend, label = 'This training', machineBytes }: MemoryRequest): number {
  const available = machineBytes ?? machineMemory();
  const bytes = estimateTrainingMemory(model, batch, backend);
  if (bytes <= available) return bytes;
  const fits = largestBatch(model, batch, backend, available);
  throw new ChromarayError({
    code: 'CHROMARAY_TRAINING_MEMORY',
    message: `${label} with batches of ${batch} needs about ${gib(bytes)} of memory; this machine has ${gib(available)}.`,
    remedy:
      fits === 0
        ? 'Use smaller images or a smaller network: even one picture a batch does not fit.'
        : `Use batches of ${fits} or less, smaller images, or a smaller network.`,
    details: { batch, bytes, machineBytes: available, largestBatch: fits },
  });
}

/** By halving; 0 when not even one picture fits. */
function largestBatch(model: TrainableModel, batch: number, backend: Backend['name'], bytes: number): number {
  let fits = 0;
  for (let above = batch; above - fits > 1; ) {
    const middle = Math.floor((fits + above) / 2);
    if (estimateTrainingMemory(model, middle, backend) <= bytes) fits = middle;
    else above = middle;
  }
  return fits;
}

/** What JavaScript, ONNX Runtime and C++ say when memory cannot be had. */
const failures =
  /array buffer allocation failed|invalid (typed array|array buffer) length|bad[_ ]alloc|failed to allocate memory|out of memory/i;

/**
 * An error of native code or JavaScript about memory as one that says what to do; any other as it is.
 *
 * @param bytes - the estimate of what the training needs
 */
export function explainMemory(error: unknown, batch: number, bytes: number): unknown {
  if (!(error instanceof Error) || !(failures.test(error.message) || codeOf(error) === 'CHROMARAY_ONEDNN_MEMORY')) {
    return error;
  }
  return new ChromarayError({
    code: 'CHROMARAY_TRAINING_MEMORY',
    message: `Memory ran out in a training with batches of ${batch}, which needs about ${gib(bytes)} (${error.message}).`,
    remedy: 'Use smaller batches or images, run fewer trials at once, or end other programs.',
    cause: error,
    details: { batch, bytes },
  });
}

function codeOf(error: Error): unknown {
  return (error as { code?: unknown }).code;
}

function gib(bytes: number): string {
  return `${(bytes / 2 ** 30).toFixed(1)} GiB`;
}
