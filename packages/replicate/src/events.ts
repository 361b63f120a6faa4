import type { StudyHappening } from '@chromaray/contracts';
import type { ColourChoice } from './colour-choice.js';
import type { PlanCut } from './plan.js';

/** The parts of a replication in the order in which they are done. */
export type ReplicationStage = 'original-colour' | 'unseen' | 'original-gray' | 'controlled';

/** What happens in a replication: that of its studies, and what only a replication has. */
export type ReplicationHappening =
  | StudyHappening
  | { readonly kind: 'colour-chosen'; readonly colour: ColourChoice }
  | { readonly kind: 'plan-cut'; readonly cut: PlanCut }
  | { readonly kind: 'stage-begun'; readonly stage: ReplicationStage };

export type OnReplicationEvent = (event: ReplicationHappening) => void;
