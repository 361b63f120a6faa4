import { existsSync, readFileSync } from 'node:fs';
import { readArtefact } from '@chromaray/store';
import { TinyStudy } from '@chromaray/testing/tiny-study';
import { inProcessRunner } from '@chromaray/trials';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runStudy, type StudyOutcome } from './run-study.js';

/** Milliseconds; generous for a busy machine. */
const patience = 300_000;
const tiny = new TinyStudy();
let outcome: StudyOutcome;
const net = (filters: number): string =>
  `[{ layer: conv, filters: ${filters}, stride: 2 }, { layer: activation, kind: relu }, { layer: pool, kind: global-average }]`;
const cells = ['net-thin_size-24', 'net-thin_size-32', 'net-wide_size-24', 'net-wide_size-32'];

beforeAll(async () => {
  await tiny.writeData();
  const factors = `{ net: { key: model.layers, levels: { thin: ${net(2)}, wide: ${net(6)} } }, size: { key: image.size, levels: [24, 32] } }`;
  outcome = await runStudy(tiny.studyFile({ factors, epochs: 1 }), {
    studies: tiny.path('studies'),
    runner: inProcessRunner,
  });
}, patience);
afterAll(() => tiny.remove());

describe('a factorial of networks and sizes', () => {
  it('has its effects in the verdict, beside the comparisons', () => {
    const { factors, arms, comparisons } = readArtefact('verdict', outcome.folder.verdict);
    expect([factors!.cells, comparisons.length]).toEqual([cells, 3]);
    const [a, b, c, d] = arms.map(({ auroc }) => auroc.mean) as [number, number, number, number];
    const effects = factors!.effects.map(({ effect }) => effect!);
    for (const [i, expected] of [(c + d - a - b) / 2, (b + d - a - c) / 2, d - b - (c - a)].entries()) {
      expect(effects[i]).toBeCloseTo(expected, 10);
    }
    expect(factors!.statement).toMatch(/^Exploratory, not part of the verdict: /);
  });

  it('has them in the report, as a table and a figure of their own', () => {
    const report = readFileSync(outcome.folder.report, 'utf8');
    expect(report).toContain('What each factor does (exploratory)');
    expect(report).toContain(outcome.verdict.factors!.statement);
    expect(existsSync(outcome.folder.inside('figures/interaction-net-size.svg'))).toBe(true);
    const table = readFileSync(outcome.folder.inside('tables/factors.csv'), 'utf8');
    expect(table).toContain('net (wide against thin) with size (32 against 24),interaction,');
    const { numbers } = readArtefact('report', outcome.folder.inside('report.json'));
    expect(numbers.factors).toEqual(outcome.verdict.factors);
  });
});
