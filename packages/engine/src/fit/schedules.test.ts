import { describe, expect, it } from 'vitest';
import { fixture } from '../training/step/run-graph.test-support.js';
import type { Schedule } from '../training/types.js';
import { learningRateAt } from './schedules.js';

interface Schedules {
  readonly schedules: {
    readonly epochs: number;
    readonly stepsPerEpoch: number;
    readonly base: number;
    readonly cases: readonly { readonly schedule: Schedule; readonly rates: readonly number[] }[];
  };
}

const { base, cases, ...plan } = fixture<Schedules>('torch-training').schedules;

describe('learning-rate schedules follow PyTorch', () => {
  it.each(cases)('$schedule', ({ schedule, rates }) => {
    const found = rates.map((_, step) => learningRateAt(schedule, base, step, plan));
    found.forEach((rate, step) => {
      expect(rate).toBeCloseTo(rates[step]!, 12);
    });
  });

  it('keeps a constant rate', () => {
    expect(learningRateAt({ kind: 'constant' }, 0.01, 17, plan)).toBe(0.01);
  });
});
