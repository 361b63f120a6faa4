import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { TuneSection } from './study-file.js';
import { rungEpochs, tuneRungs } from './tune-rungs.js';

const stages = (candidates: number, epochs: number, reduction = 3, method: TuneSection['method'] = 'halving') =>
  tuneRungs({ method, candidates, epochs, reduction, seed: 0, space: {} }).map((rung) => [
    rung.candidates,
    rung.epochs,
  ]);

describe('the stages of a search', () => {
  // Li et al. 2018 (JMLR 18-185), Table 1: R = 81, eta = 3; brackets s = 4, 3, 2 and 1.
  it('are the brackets of Hyperband’s table', () => {
    expect(stages(81, 81)).toEqual([[81, 1], [27, 3], [9, 9], [3, 27], [1, 81]]); // biome-ignore format: as the table
    expect(stages(27, 81)).toEqual([[27, 3], [9, 9], [3, 27], [1, 81]]); // biome-ignore format: as the table
    expect(stages(9, 81)).toEqual([[9, 9], [3, 27], [1, 81]]); // biome-ignore format: as the table
    expect(stages(6, 81)).toEqual([[6, 27], [2, 81]]); // biome-ignore format: as the table
  });

  // Optuna decides as trials arrive, here all of a stage are ranked together; the epochs of the stages are the same.
  it('end after the epochs at which Optuna 5.0.0 decides (test/reference/optuna_rungs.py)', () => {
    const file = new URL('../../test/reference/optuna-rungs.json', import.meta.url);
    const { cases } = JSON.parse(readFileSync(file, 'utf8')) as {
      cases: { reduction: number; epochs: number; rungs: number[] }[];
    };
    for (const { reduction, epochs, rungs } of cases) {
      expect(stages(epochs, epochs, reduction).map(([, end]) => end)).toEqual(rungs);
    }
  });

  it('of a random search are one', () => {
    expect(stages(5, 81, 3, 'random')).toEqual([[5, 81]]);
  });

  it('are as many as epochs allow, the last with all of them', () => {
    expect(stages(100, 10, 2)).toEqual([[100, 1], [50, 3], [25, 5], [12, 10]]); // biome-ignore format: one line
    expect(stages(8, 1)).toEqual([[8, 1]]);
  });

  it('cost less where each goes on from the one before', () => {
    const rungs = tuneRungs({ method: 'halving', candidates: 9, epochs: 9, reduction: 3, seed: 0, space: {} });
    // 9 x 1 + 3 x (3 - 1) + 1 x (9 - 3), against 9 x 1 + 3 x 3 + 1 x 9.
    expect([rungEpochs(rungs), rungEpochs(rungs, false)]).toEqual([21, 27]);
  });
});
