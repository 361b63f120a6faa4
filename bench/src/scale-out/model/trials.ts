import { Random } from '@chromaray/base';
import type { Scenario } from './scenario.js';

/** One trial of the simulated study. */
export interface SimulatedTrial {
  readonly id: number;
  readonly pack: number;
  /** Epochs that a checkpoint of is with the exchange. */
  epochs: number;
}

/** Open trials in the order in which the coordinator hands them out: all arms of the first seed before those of the next. */
export class OpenTrials {
  private readonly waiting: SimulatedTrial[];

  constructor(arms: number, seeds: number, packs: number) {
    this.waiting = [];
    const add = (arm: number, seed: number): void => {
      this.waiting.push({ id: seed * arms + arm, pack: arm % packs, epochs: 0 });
    };
    for (let seed = 0; seed < seeds; seed++) for (let arm = 0; arm < arms; arm++) add(arm, seed);
  }

  /** Takes the first trial, or the first whose packs are in `has`. */
  take(has: ReadonlySet<number>): SimulatedTrial | undefined {
    const preferred = has.size === 0 ? -1 : this.waiting.findIndex(({ pack }) => has.has(pack));
    return this.waiting.splice(Math.max(0, preferred), 1)[0];
  }

  /** Puts a lost trial back, before all others. */
  putBack(trial: SimulatedTrial): void {
    this.waiting.unshift(trial);
  }
}

/** How much longer than the mean an epoch takes: of a trial, whoever computes it, so that every schedule has the same work to do. */
export function durationFactor(
  { seed, spread }: Pick<Scenario, 'seed' | 'spread'>,
  trial: number,
  epoch: number,
): number {
  if (spread === 0) return 1;
  const normal = new Random(seed).fork(`trial ${trial}`).fork(epoch).normal();
  return Math.exp(spread * normal - (spread * spread) / 2);
}
