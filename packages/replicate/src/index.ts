export type { Claim, ClaimOutcome } from './claims.js';
export { type ColourChoice, chooseColour } from './colour-choice.js';
export type { OnReplicationEvent, ReplicationHappening, ReplicationStage } from './events.js';
export type { Measured } from './measure.js';
export { cutText, fastPlan, fullPlan, type NetworkPlan, type PlanCut, type ReplicationPlan } from './plan.js';
export { type ReplicateOptions, type ReplicationOutcome, replicateOriginal } from './replicate-original.js';
export type { ControlledArm, OriginalResult, ReplicatedFinding, ReplicationResult } from './result.js';
export { type ResultRow, resultRows } from './result-rows.js';
