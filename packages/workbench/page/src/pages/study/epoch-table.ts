import type { Epochs } from '../../../../src/studies/epochs.js';
import type { StudyEventLike } from '../../api/use-events.js';
import type { Point } from '../../kit/plot/marks.js';

export type Epoch = Epochs['epochs'][number];

/** What is drawn over epochs. */
export const measures = {
  validationLoss: 'Validation loss',
  trainLoss: 'Training loss',
  validationAuroc: 'Validation AUROC',
  validationAccuracy: 'Validation accuracy',
  trainAccuracy: 'Training accuracy',
} as const;
export type Measure = keyof typeof measures;

/** Epochs by arm and seed; each list by epoch, from 1. Never changed: what is new makes another. */
export type EpochTable = ReadonlyMap<string, ReadonlyMap<number, readonly Epoch[]>>;

/** A table with further epochs. One that is measured again, by a trial that resumed, takes the place of the earlier one. */
export function withEpochs(table: EpochTable, epochs: readonly Epoch[]): EpochTable {
  if (epochs.length === 0) return table;
  const arms = new Map(table);
  const own = new Map<string, Map<number, Epoch[]>>();
  const touched = new Set<Epoch[]>();
  for (const epoch of epochs) {
    let seeds = own.get(epoch.arm);
    if (seeds === undefined) {
      seeds = new Map(arms.get(epoch.arm)) as Map<number, Epoch[]>;
      own.set(epoch.arm, seeds);
      arms.set(epoch.arm, seeds);
    }
    let list = seeds.get(epoch.seed) ?? [];
    if (!touched.has(list)) {
      list = [...list];
      touched.add(list);
      seeds.set(epoch.seed, list);
    }
    list[epoch.epoch - 1] = epoch;
  }
  return arms;
}

interface Told {
  readonly arm: string;
  readonly seed: number;
  readonly split?: number;
  readonly epoch: Omit<Epoch, 'arm' | 'seed'>;
}

/** The epochs of the study's own split among events. */
export function epochsOf(events: readonly StudyEventLike[]): readonly Epoch[] {
  return events.flatMap((event) => {
    if (event.kind !== 'epoch-done') return [];
    const { arm, seed, split, epoch } = event as unknown as Told;
    return split === undefined ? [{ arm, seed, ...epoch }] : [];
  });
}

/** A line for each seed. */
export function seedLines(
  seeds: ReadonlyMap<number, readonly Epoch[]>,
  measure: Measure,
): readonly (readonly Point[])[] {
  return [...seeds.values()].map((list) =>
    list.filter((epoch) => epoch !== undefined).map((epoch) => [epoch.epoch, epoch[measure]] as const),
  );
}

/** The mean over the seeds that have reached an epoch. */
export function meanLine(lines: readonly (readonly Point[])[]): readonly Point[] {
  const sums = new Map<number, { sum: number; count: number }>();
  for (const [epoch, value] of lines.flat()) {
    if (value === null || !Number.isFinite(value)) continue;
    const so = sums.get(epoch) ?? { sum: 0, count: 0 };
    sums.set(epoch, { sum: so.sum + value, count: so.count + 1 });
  }
  return [...sums].sort(([a], [b]) => a - b).map(([epoch, { sum, count }]) => [epoch, sum / count]);
}
