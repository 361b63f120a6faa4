export { backendOptions } from './backend-options.js';
export { cancelled } from './cancelled.js';
export { childProcessRunner } from './child-process-runner.js';
export { type ExecutionProfile, executionProfile, processorFamily, profileText } from './execution-profile.js';
export { inProcessRunner } from './in-process-runner.js';
export { buildModel, modelIdentity, weightsRecord } from './model/build-model.js';
export { modelName, weightsPath } from './model/model-name.js';
export { type BackendOffer, offeredBackends } from './offered-profiles.js';
export { packSource } from './pack-source.js';
export { placedRunner } from './placed-runner.js';
export { planTrials, type TrialPlan } from './plan-trials.js';
export { runAll } from './run-all.js';
export {
  localExecution,
  type MissingWorkers,
  type Placement,
  type PlaceRequest,
  type TrialExecution,
} from './trial-execution.js';
export type { LocateFiles, TrialFiles } from './trial-files.js';
export type { TrialMessage, TrialResult, TrialRunner } from './trial-runner.js';
export type { PartRows, TrialTask } from './trial-task.js';
