import os from 'node:os';
import type { BackendOptions } from '../../backend.js';

/** Threads of an operation: as many as the machine has unless told. */
export function threadsOf({ threads }: BackendOptions): number {
  return threads ?? os.availableParallelism();
}
