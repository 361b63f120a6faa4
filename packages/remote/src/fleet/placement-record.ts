import { readFileSync } from 'node:fs';
import path from 'node:path';
import { canonicalJson, writeFileAtomic } from '@chromaray/base';
import type { TrialTask } from '@chromaray/trials';
import { z } from 'zod';
import { hash, name } from '../task/fields.js';
import { trialId } from '../task/trial-id.js';

const record = z.strictObject({
  format: z.literal(2),
  /** Who executes the trials. */
  on: z.enum(['queue', 'slurm']),
  /** Address of what coordinator and workers share. */
  exchange: z.string().max(4096),
  trials: z
    .array(z.strictObject({ arm: name, seed: z.number().int(), fingerprint: hash, processor: name, trial: hash }))
    .max(1_000_000)
    .readonly(),
});

/** What a study's folder keeps of where its trials were given. */
export type PlacedTrials = z.infer<typeof record>;
type Entry = PlacedTrials['trials'][number];

/** Undefined where no trial was ever given to others, or the record cannot be read. */
export function readPlacement(studyFolder: string): PlacedTrials | undefined {
  try {
    return record.parse(JSON.parse(readFileSync(fileIn(studyFolder), 'utf8')));
  } catch {
    return undefined;
  }
}

/**
 * Which processor each trial was given to, kept in the study's folder: a coordinator that comes back, also on another machine,
 * asks for the same, and finds what workers did meanwhile. Without a record, or with one that cannot be read, trials are placed anew:
 * at worst some are computed again.
 */
export class PlacementRecord {
  private trials: readonly Entry[];
  private changed: boolean;

  constructor(
    private readonly studyFolder: string,
    private readonly place: Pick<PlacedTrials, 'on' | 'exchange'>,
  ) {
    const known = readPlacement(studyFolder);
    this.trials = known?.trials ?? [];
    this.changed = known?.on !== place.on || known.exchange !== place.exchange;
  }

  /** @returns undefined for a trial that was given to nobody */
  processorOf({ arm, seed }: Pick<TrialTask, 'arm' | 'seed'>): string | undefined {
    return this.trials.find((trial) => trial.arm === arm && trial.seed === seed)?.processor;
  }

  /** The processor of any trial of a seed. */
  processorOfSeed(seed: number): string | undefined {
    return this.trials.find((trial) => trial.seed === seed)?.processor;
  }

  /**
   * Gives a trial to a processor.
   *
   * @param wholeSeed takes back what other trials of the seed were given to
   */
  keep(task: TrialTask, processor: string, wholeSeed: boolean): void {
    const { arm, seed, fingerprint } = task;
    const trial = trialId({ ...task, profile: { ...task.profile, processor } });
    const entry = { arm, seed, fingerprint, processor, trial };
    if (this.trials.some((known) => canonicalJson(known) === canonicalJson(entry))) return;
    // Splits, and searches for hyperparameters, have several trials of one arm and seed.
    const stays = (known: Entry): boolean =>
      known.processor === processor || known.seed !== seed || !(wholeSeed || known.arm === arm);
    this.trials = [...this.trials.filter(stays), entry];
    this.changed = true;
  }

  /** @throws ChromarayError `CHROMARAY_FILE_WRITE` */
  save(): void {
    if (!this.changed) return;
    const { place, trials } = this;
    writeFileAtomic(
      fileIn(this.studyFolder),
      `${JSON.stringify({ format: 2, ...place, trials } satisfies PlacedTrials)}\n`,
    );
    this.changed = false;
  }
}

function fileIn(studyFolder: string): string {
  return path.join(studyFolder, 'placement.json');
}
