import type { ReplicationPlan } from '@chromaray/contracts';

/** Everything a replication does, in seconds. */
export const tinyPlan: ReplicationPlan = {
  copies: { negatives: 3, positives: 2, pictures: 240 },
  colour: { size: 32, epochs: 6, batch: 16 },
  gray: { size: 96, epochs: 1, batch: 8, perClass: null },
  controlled: { size: 32, epochs: 1, batch: 16, seeds: [1], patience: 1 },
};
