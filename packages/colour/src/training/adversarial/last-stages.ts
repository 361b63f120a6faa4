/** What follows the generator's own training: nothing, a critic, or a critic and then both in turn. */
export const lastStages = ['generator', 'critic', 'nogan'] as const;
export type LastStage = (typeof lastStages)[number];
