import { measureFiles } from './files.js';
import { measureQueue } from './queue.js';
import { measureStore } from './store.js';

/** Processor seconds on this machine of what coordinator and queue do for a study. */
export async function measureCosts() {
  return { ...(await measureQueue()), ...measureStore(), ...(await measureFiles()) };
}
