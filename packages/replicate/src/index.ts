export { type ColourChoice, chooseColour } from './colour-choice.js';
export type { OnReplicationEvent, ReplicationHappening, ReplicationStage } from './events.js';
export { cutText, fastPlan, fullPlan, type PlanCut } from './plan.js';
export { type ReplicateOptions, type ReplicationOutcome, replicateOriginal } from './replicate-original.js';
export { type ResultRow, resultRows } from './result-rows.js';
