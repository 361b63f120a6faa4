import { Random } from '@chromaray/base';
import { describe, expect, it } from 'vitest';
import { TYPICAL_SHARES } from '../simulate/readers.js';
import { type FactorialDesign, measureFactorialErrors } from './simulated-factorial.test-support.js';

const studies = 300;
const base = {
  ...{ positivePatients: 100, negativePatients: 100, mostRecordsPerPatient: 2 },
  ...{ auroc: 0.9, effect: 0, seedDeviation: 0.01, seeds: 3, shares: TYPICAL_SHARES },
} as const;
const nothing: FactorialDesign = { ...base, levels: [2, 2], aurocs: [0.9, 0.9, 0.9, 0.9] };
const oneFactor: FactorialDesign = { ...base, levels: [2, 2], aurocs: [0.86, 0.86, 0.91, 0.91] };
const crossed: FactorialDesign = { ...base, levels: [2, 2], aurocs: [0.92, 0.87, 0.87, 0.92] };
/** Three standard errors above 5 %. */
const most = 0.05 + 3 * Math.sqrt((0.05 * 0.95) / studies);

// The whole table, with more studies, is in docs/evidence.md.
describe('effects of factors', () => {
  it('that are 0 are found in 5 % of studies, or fewer, and any of them after Holm likewise', {
    timeout: 120_000,
  }, () => {
    const { contrasts, familyError } = measureFactorialErrors(nothing, studies, new Random('nothing'));
    for (const { significant } of contrasts) expect(significant).toBeLessThan(most);
    expect(familyError).toBeLessThan(most);
  });

  it('of one factor do not pass for another’s, nor for an interaction', { timeout: 120_000 }, () => {
    const { contrasts } = measureFactorialErrors(oneFactor, studies, new Random('one'));
    const [first, second, interaction] = contrasts;
    expect(first!.significant).toBeGreaterThan(0.5);
    expect(second!.significant).toBeLessThan(most);
    expect(interaction!.significant).toBeLessThan(most);
    for (const { coverage } of contrasts) expect(coverage).toBeGreaterThan(1 - most);
  });

  it('that act against each other are an interaction, and no main effect', { timeout: 120_000 }, () => {
    const { contrasts } = measureFactorialErrors(crossed, studies, new Random('crossed'));
    expect(contrasts.map(({ significant }) => significant < most)).toEqual([true, true, false]);
  });
});
