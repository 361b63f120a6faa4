export { backendOptions } from './backend-options.js';
export { buildModel, modelIdentity, readWeights, weightsRecord } from './model/build-model.js';
export { modelName } from './model/model-name.js';
export { packSource } from './pack-source.js';
export { planTrials, type TrialPlan } from './plan-trials.js';
export { runAll } from './run-all.js';
export { runTrial } from './run-trial.js';
export { startTrial } from './start-trial.js';
export type { PartRows, TrialMessage, TrialResult, TrialTask } from './trial-task.js';
