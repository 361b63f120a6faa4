import os from 'node:os';
import type { BackendOptions } from '../../backend.js';

/** Threads of an operation. Default: as many as the machine has. */
export function threadsOf({ threads }: BackendOptions): number {
  return threads ?? os.availableParallelism();
}
