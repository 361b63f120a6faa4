import { readFileSync } from 'node:fs';
import path from 'node:path';
import { writeFileAtomic } from '@chromaray/base';
import type { TrialTask } from '@chromaray/trials';
import { z } from 'zod';
import { name } from '../task/fields.js';

const record = z.strictObject({
  format: z.literal(1),
  trials: z.array(z.strictObject({ arm: name, seed: z.number().int(), processor: name })).max(1_000_000),
});
type Entry = z.infer<typeof record>['trials'][number];

/**
 * Which processor each trial was given to, kept in the study's folder: a coordinator that comes back, also on another machine,
 * asks for the same, and finds what workers did meanwhile.
 */
export class PlacementRecord {
  private readonly file: string;
  private trials: readonly Entry[];
  private changed = false;

  constructor(studyFolder: string) {
    this.file = path.join(studyFolder, 'placement.json');
    this.trials = read(this.file);
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
  keep({ arm, seed }: Pick<TrialTask, 'arm' | 'seed'>, processor: string, wholeSeed: boolean): void {
    const isSame = (trial: Entry): boolean => trial.arm === arm && trial.seed === seed;
    if (this.trials.some((trial) => isSame(trial) && trial.processor === processor)) return;
    const stays = (trial: Entry): boolean =>
      !isSame(trial) && (!wholeSeed || trial.seed !== seed || trial.processor === processor);
    this.trials = [...this.trials.filter(stays), { arm, seed, processor }];
    this.changed = true;
  }

  /** @throws ChromarayError `CHROMARAY_FILE_WRITE` */
  save(): void {
    if (!this.changed) return;
    writeFileAtomic(this.file, `${JSON.stringify({ format: 1, trials: this.trials })}\n`);
    this.changed = false;
  }
}

/** Without a record, or with one that cannot be read, trials are placed anew: at worst some are computed again. */
function read(file: string): readonly Entry[] {
  try {
    return record.parse(JSON.parse(readFileSync(file, 'utf8'))).trials;
  } catch {
    return [];
  }
}
