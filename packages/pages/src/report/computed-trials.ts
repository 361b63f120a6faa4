import type { ComputedTrial } from '@chromaray/contracts';
import type { ReportArm } from './report-input.js';

/** The finished trials of a study's arms, and what computed each. */
export function computedTrials(arms: readonly ReportArm[]): readonly ComputedTrial[] {
  return arms.flatMap(({ name, trials }) =>
    trials
      .filter(({ state }) => state === 'finished')
      .map(({ seed, profile = null }) => ({ arm: name, seed, profile })),
  );
}
