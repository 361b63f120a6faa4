import { describe, expect, it } from 'vitest';
import { Clock } from './clock.js';
import type { Costs, Scenario } from './scenario.js';
import { SharedResource } from './shared-resource.js';
import { simulate } from './simulate.js';
import { durationFactor } from './trials.js';

const free: Costs = {
  ...{ queueRequest: 0, enqueue: 0, message: 0, result: 0, resultRow: 0, start: 0 },
  ...{ serve: Number.POSITIVE_INFINITY, verify: Number.POSITIVE_INFINITY, messagesPerSecond: 0, requestsPerSecond: 0 },
};
/** Nothing costs anything but training. */
const plain: Scenario = {
  ...{ arms: 5, seeds: 7, packs: 1, packBytes: 0, epochs: 3, epochWork: 40, predictWork: 10, spread: 0.4 },
  ...{
    checkpointBytes: 0,
    resultBytes: 0,
    rows: 0,
    workers: 1,
    threads: 1,
    cores: 1,
    oneMachine: false,
    workerLink: 1e9,
  },
  ...{ exchange: 'storage', exchangeLink: 1e9, affinity: false, cachedPacks: 1 },
  ...{ meanTimeToLoss: Number.POSITIVE_INFINITY, repair: 60, lease: 30, seed: 3, costs: free },
};
const time = (changes: Partial<Scenario> = {}): number => simulate({ ...plain, ...changes }).seconds;

/** What each trial takes, worked out apart from any schedule. */
function trials(scenario: Scenario): readonly number[] {
  const { arms, seeds, epochs, epochWork, predictWork } = scenario;
  return Array.from({ length: arms * seeds }, (_, id) =>
    Array.from({ length: epochs }, (__, epoch) => epochWork * durationFactor(scenario, id, epoch)).reduce(
      (a, b) => a + b,
      predictWork,
    ),
  );
}

describe('a simulated study', () => {
  const each = trials(plain);
  const all = each.reduce((sum, one) => sum + one, 0);
  const numbers = [1, 2, 3, 4, 5, 8, 13, 21, 34, 64];

  it('takes one worker the sum of all trials', () => {
    expect(time()).toBeCloseTo(all, 6);
  });

  it.each(numbers)(
    'is never faster with %i workers than its longest trial, nor than an even share of all',
    (workers) => {
      expect(time({ workers })).toBeGreaterThanOrEqual(Math.max(...each) - 1e-6);
      expect(time({ workers })).toBeGreaterThanOrEqual(all / workers - 1e-6);
      // Graham's bound for lists without precedence (1969).
      expect(time({ workers })).toBeLessThanOrEqual(all / workers + (1 - 1 / workers) * Math.max(...each) + 1e-6);
    },
  );

  it('is never slower with more workers, and gains nothing from more workers than trials', () => {
    const times = numbers.map((workers) => time({ workers }));
    for (const [i, one] of times.entries()) expect(one).toBeLessThanOrEqual((times[i - 1] ?? one) + 1e-6);
    expect(time({ workers: 64 })).toBeCloseTo(Math.max(...each), 6);
  });

  it('comes out the same again by its seed, and otherwise by another', () => {
    const lossy = { workers: 4, meanTimeToLoss: 500 };
    expect(simulate({ ...plain, ...lossy })).toEqual(simulate({ ...plain, ...lossy }));
    expect(time({ ...lossy, seed: 4 })).not.toBe(time(lossy));
  });

  it('loses time, and no trial, when workers are lost', () => {
    const outcome = simulate({ ...plain, workers: 4, meanTimeToLoss: 500 });
    expect(outcome.losses).toBeGreaterThan(0);
    expect(outcome.seconds).toBeGreaterThan(time({ workers: 4 }));
    // An epoch at most, the lease, and starting again.
    const longestEpoch = 40 * Math.max(...trials({ ...plain, epochs: 1, epochWork: 1, predictWork: 0 }));
    expect(outcome.secondsPerLoss).toBeLessThan(3 * longestEpoch + 30);
  });

  it('waits for a link that all its packs come through', () => {
    const bytes = 1e9;
    const link = { packBytes: bytes, exchangeLink: 1e6, workerLink: 1e9, workers: 5 };
    // Five copies through one link of 1000 s each.
    expect(time(link)).toBeGreaterThanOrEqual(5000);
    expect(simulate({ ...plain, ...link }).bytesOut).toBe(5 * bytes);
    expect(simulate({ ...plain, ...link }).linkFull).toBeGreaterThan(0.5);
  });

  it('waits for a coordinator that is asked too much', () => {
    const costs = { ...free, result: 100 };
    expect(time({ workers: 35, costs })).toBeGreaterThanOrEqual(35 * 100);
    expect(simulate({ ...plain, workers: 35, costs }).coordinatorBusy).toBeGreaterThan(0.9);
  });

  it('is no faster on one machine with more workers than cores', () => {
    const machine = { oneMachine: true, cores: 2 };
    expect(time({ ...machine, workers: 8 })).toBeGreaterThanOrEqual(all / 2 - 1e-6);
  });
});

it('what is shared is shared evenly, and what one cannot use goes to the others', () => {
  const clock = new Clock();
  const link = new SharedResource(clock, 10);
  const ends: number[] = [];
  const end = (): void => void ends.push(clock.now);
  // 2 a second for the first; 4 a second for each of the others until one of them is done, then 8.
  link.use(20, 2, end);
  link.use(8, 100, end);
  link.use(16, 100, end);
  clock.run(() => ends.length === 3);
  expect(ends.map((at) => Math.round(at * 1e6) / 1e6)).toEqual([2, 3, 10]);
});
