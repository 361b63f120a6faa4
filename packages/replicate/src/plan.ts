import { count } from '@chromaray/base';
import { publishedColour, publishedCopies, publishedGray } from './published.js';

/** How one network of the original study is trained again. */
export interface NetworkPlan {
  /** Side of the square input in pixels. */
  readonly size: number;
  readonly epochs: number;
  readonly batch: number;
}

/** How large a replication is. Everything else about it is fixed. */
export interface ReplicationPlan {
  /** The colour set: X-rays copied in each class, and pictures they become altogether. */
  readonly copies: { readonly negatives: number; readonly positives: number; readonly pictures: number };
  readonly colour: NetworkPlan;
  readonly gray: NetworkPlan & {
    /** Pictures of each class in the training part; null raises the smaller class to the larger. */
    readonly perClass: number | null;
  };
  readonly controlled: NetworkPlan & { readonly seeds: readonly number[]; readonly patience: number };
}

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

/** What a plan leaves out of the full one, in sentences; empty for the full plan. */
export function cutsOf(plan: ReplicationPlan): readonly string[] {
  return [
    ...networkCuts('color-final as it was done', plan.colour, fullPlan.colour),
    ...networkCuts('gray-final as it was done', plan.gray, fullPlan.gray),
    ...difference(
      'gray-final as it was done: pictures of each class',
      plan.gray.perClass ?? 'as many as the larger class has',
      fullPlan.gray.perClass,
    ),
    ...difference('The colour set: pictures', plan.copies.pictures, fullPlan.copies.pictures),
    ...networkCuts('The controlled study', plan.controlled, fullPlan.controlled),
    ...difference('The controlled study: seeds', plan.controlled.seeds.length, fullPlan.controlled.seeds.length),
  ];
}

function networkCuts(what: string, plan: NetworkPlan, full: NetworkPlan): readonly string[] {
  return [
    ...difference(`${what}: pixels a side`, plan.size, full.size),
    ...difference(`${what}: epochs`, plan.epochs, full.epochs),
    ...difference(`${what}: batch`, plan.batch, full.batch),
  ];
}

function difference(what: string, value: unknown, full: unknown): readonly string[] {
  const text = (amount: unknown): string => (typeof amount === 'number' ? count(amount) : String(amount));
  return value === full ? [] : [`${what}: ${text(value)} instead of ${text(full)}.`];
}
