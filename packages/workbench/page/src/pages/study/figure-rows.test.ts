import type { StudyReport } from '@chromaray/contracts';
import { describe, expect, it } from 'vitest';
import { figureRows } from './figure-rows.js';

const arm = (name: string, perSeed: readonly number[]) => ({
  arm: name,
  seeds: perSeed.map((_, i) => i + 1),
  auroc: { mean: perSeed.reduce((sum, one) => sum + one, 0) / perSeed.length, perSeed },
});
const factors = {
  factors: [
    { name: 'size', key: 'image.size', levels: ['32', '64'] },
    { name: 'clahe', key: 'image.clahe', levels: ['off', 'on'] },
  ],
  cells: ['a', 'b', 'c', 'd'],
};
const source = (numbers: object) => ({ report: { numbers } as unknown as StudyReport, behaviour: undefined });

describe('the numbers behind an interaction plot', () => {
  it('are each cell’s mean and seeds, with its levels; a cell without a finished trial has none', () => {
    const arms = [arm('a', [0.8, 0.9]), arm('c', [0.7])];
    expect(figureRows('figures/interaction-size-clahe.svg', source({ factors, arms }))).toEqual({
      columns: ['arm', 'size', 'clahe', 'seed', 'endpoint'],
      rows: [
        ['a', '32', 'off', 'mean', expect.closeTo(0.85, 10)],
        ['a', '32', 'off', 1, 0.8],
        ['a', '32', 'off', 2, 0.9],
        ['c', '64', 'off', 'mean', 0.7],
        ['c', '64', 'off', 1, 0.7],
      ],
    });
  });

  it('are none in a study without factors', () => {
    expect(figureRows('figures/interaction-size-clahe.svg', source({ arms: [] }))?.rows).toEqual([]);
  });
});
