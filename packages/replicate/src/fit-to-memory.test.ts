import { describe, expect, it } from 'vitest';
import { fitToMemory } from './fit-to-memory.js';
import { cutsOf, cutText, fastPlan, fullPlan } from './plan.js';

const gibi = 2 ** 30;

describe('fitToMemory', () => {
  it('keeps the published batches where there is memory for them', () => {
    expect(fitToMemory(fullPlan, 64 * gibi)).toEqual(fullPlan);
    expect(cutsOf(fitToMemory(fullPlan, 64 * gibi))).toEqual([]);
  });

  it('halves a batch that does not fit, and the cuts say so', () => {
    const small = fitToMemory(fullPlan, 24 * gibi);
    expect(small.gray.batch).toBe(375);
    expect(small.colour).toEqual(fullPlan.colour);
    expect(cutsOf(small).map(cutText)).toEqual(['gray-final as it was done: batch: 375 instead of 1,500.']);
  });

  it('leaves the fast plan alone on a machine of 4 GiB', () => {
    expect(fitToMemory(fastPlan, 4 * gibi)).toEqual(fastPlan);
  });
});
