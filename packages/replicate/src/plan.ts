import { count } from '@chromaray/base';
import type { NetworkPlan, ReplicationPlan } from '@chromaray/contracts';
import { publishedColour, publishedCopies, publishedGray } from './published.js';

const { negatives, positives, pictures, grayPerClass } = publishedCopies;

/** As the original study did it, and a controlled study with room to learn. Hours on a laptop. */
export const fullPlan: ReplicationPlan = {
  copies: { negatives, positives, pictures },
  colour: { size: publishedColour.size, epochs: publishedColour.epochs, batch: publishedColour.batch },
  gray: {
    size: publishedGray.size,
    epochs: publishedGray.epochs,
    batch: publishedGray.batch,
    perClass: grayPerClass,
  },
  controlled: { size: 128, epochs: 22, batch: 32, seeds: [1, 2, 3, 4, 5], patience: 6 },
};

/**
 * Well under an hour on two cores with oneDNN. Pixels, pictures, epochs and seeds are cut, and batches made
 * smaller so that fewer pictures still make enough steps to learn from; every official training X-ray stays, since
 * with fewer the gray network falls far below the published one and makes colour's lead look larger than it was. 96
 * pixels are the fewest that the five convolutions of `gray-final` leave anything of.
 */
export const fastPlan: ReplicationPlan = {
  copies: { negatives, positives, pictures: 3040 },
  colour: { size: 96, epochs: 4, batch: 32 },
  gray: { size: 96, epochs: 5, batch: 32, perClass: null },
  controlled: { size: 64, epochs: 5, batch: 32, seeds: [1, 2, 3], patience: 3 },
};

/** One thing in which a plan is smaller than the full one. */
export interface PlanCut {
  readonly subject:
    | 'color-final as it was done'
    | 'gray-final as it was done'
    | 'The colour set'
    | 'The controlled study';
  readonly what: 'pixels a side' | 'epochs' | 'batch' | 'pictures of each class' | 'pictures' | 'seeds';
  /** Null pictures of each class: as many as the larger class has. */
  readonly value: number | null;
  readonly full: number | null;
}

/** What a plan leaves out of the full one; empty for the full plan. */
export function cutsOf(plan: ReplicationPlan): readonly PlanCut[] {
  const [colour, gray, controlled] = [
    'color-final as it was done',
    'gray-final as it was done',
    'The controlled study',
  ] as const;
  const cuts: readonly PlanCut[] = [
    ...networkCuts(colour, plan.colour, fullPlan.colour),
    ...networkCuts(gray, plan.gray, fullPlan.gray),
    { subject: gray, what: 'pictures of each class', value: plan.gray.perClass, full: fullPlan.gray.perClass },
    { subject: 'The colour set', what: 'pictures', value: plan.copies.pictures, full: fullPlan.copies.pictures },
    ...networkCuts(controlled, plan.controlled, fullPlan.controlled),
    { subject: controlled, what: 'seeds', value: plan.controlled.seeds.length, full: fullPlan.controlled.seeds.length },
  ];
  return cuts.filter(({ value, full }) => value !== full);
}

function networkCuts(subject: PlanCut['subject'], plan: NetworkPlan, full: NetworkPlan): readonly PlanCut[] {
  return [
    { subject, what: 'pixels a side', value: plan.size, full: full.size },
    { subject, what: 'epochs', value: plan.epochs, full: full.epochs },
    { subject, what: 'batch', value: plan.batch, full: full.batch },
  ];
}

/** A cut as a sentence. */
export function cutText({ subject, what, value, full }: PlanCut): string {
  const text = (amount: number | null): string => (amount === null ? 'as many as the larger class has' : count(amount));
  return `${subject}: ${what}: ${text(value)} instead of ${text(full)}.`;
}
