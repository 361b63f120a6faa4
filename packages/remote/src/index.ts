export type { BlobName, Exchange, Published, RemoteResult } from './exchange/exchange.js';
export type { ExchangeOptions } from './exchange/exchange-over-objects.js';
export { folderExchange } from './exchange/folder/folder-exchange.js';
export { httpExchange } from './exchange/http/http-exchange.js';
export { type ExchangeServer, type ServeExchangeOptions, serveExchange } from './exchange/http/serve-exchange.js';
export { exchangeToken, openExchange } from './exchange/open-exchange.js';
export type { SeenWorker, WorkerNote } from './exchange/worker-note.js';
export { type Machine, misfit } from './fleet/misfit.js';
export { keptExecution } from './kept-execution.js';
export { type ExecutionPlace, openExecution, queuePlace } from './open-execution.js';
export { abortable } from './queue/abortable.js';
export { type CancelledTrials, cancelTrials } from './queue/cancel-trials.js';
export { openQueues } from './queue/open-queues.js';
export { openQueueExecution, type QueueExecutionSetup } from './queue/queue-execution.js';
export { type AnyJob, connectQueue, type QueueServer } from './queue/queue-server.js';
export { isQueued } from './queue/study-queue-id.js';
export {
  type OpenQueue,
  readTrialTicket,
  type TrialFailure,
  type TrialProgress,
  type TrialTicket,
} from './queue/tickets.js';
export { BlobCache } from './run/blob-cache.js';
export { differs } from './run/collect-result.js';
export { type RemotePhase, runRemoteTrial } from './run/run-remote-trial.js';
export { arrayRecordIn } from './slurm/array-record.js';
export { cancelArrays } from './slurm/cancel-arrays.js';
export { slurmExecution } from './slurm/slurm-execution.js';
export type { SlurmOptions } from './slurm/slurm-options.js';
export { slurmRunner } from './slurm/slurm-runner.js';
export type { SlurmSetup } from './slurm/slurm-setup.js';
export { type StudyFleet, studyFleet } from './status/study-fleet.js';
export { type ComputedResult, decodeResult, encodeResult, type ResultTexts } from './task/result-message.js';
export {
  decodeTask,
  encodeTask,
  mostTaskBytes,
  nodeMajor,
  type TaskCircumstances,
  type TaskMessage,
  taskOf,
} from './task/task-message.js';
export { trialId } from './task/trial-id.js';
