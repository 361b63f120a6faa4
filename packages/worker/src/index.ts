export { machineName } from './machine-name.js';
export { runWorker, type WorkerOptions, type WorkerOutcome } from './run-worker.js';
