import type { FactorEffect, FactorEffects } from '@chromaray/contracts';
import { parseHTML } from 'linkedom';
import { describe, expect, it } from 'vitest';
import { buildReport } from '../build-report.js';
import { interactionPlots } from '../figures/interaction.js';
import { reportFiles } from '../files/report-files.js';
import { methodsParagraphs } from '../methods-text.js';
import { sampleInput } from '../report.test-support.js';

const arms = { 'size-64_clahe-off': 2, 'size-64_clahe-on': 2.1, 'size-128_clahe-off': 2.4, 'size-128_clahe-on': 2.2 };
const input = sampleInput({ seeds: [1, 2], epochs: 2, arms });
const size = { factor: 'size', level: '128', against: '64' };
const clahe = { factor: 'clahe', level: 'on', against: 'off' };
const effect = (of: FactorEffect['of'], more: Partial<FactorEffect> = {}): FactorEffect => ({
  ...{ of, effect: 0.02, interval: [0.004, 0.036], intervalLevel: 0.9833, p: 0.004, pCorrected: 0.012 },
  ...{ seeds: [1, 2], outcome: 'higher', cellsAtFault: [], ...more },
});
const lost = { effect: null, interval: null, intervalLevel: null, p: null, pCorrected: null, seeds: [] } as const;
const factors: FactorEffects = {
  factors: [
    { name: 'size', key: 'image.size', levels: ['64', '128'] },
    { name: 'clahe', key: 'image.clahe', levels: ['off', 'on'] },
  ],
  cells: Object.keys(arms),
  effects: [
    effect([size]),
    effect([clahe], { outcome: 'open', interval: [-0.01, 0.05] }),
    effect([size, clahe], { ...lost, outcome: 'not estimable', cellsAtFault: ['size-128_clahe-on'] }),
  ],
  statement: 'Exploratory, not part of the verdict: a sentence.',
};
const whole = { ...input, verdict: { ...input.verdict, factors } };
const page = (of: typeof whole | typeof input) => parseHTML(buildReport(of)).document;

describe('the factors of a study', () => {
  it('have a row for each effect, a panel for each pair, and a sentence that is part of the answer', () => {
    const document = page(whole);
    const rows = [...document.querySelectorAll('#factors tbody tr')].map((row) => row.textContent ?? '');
    expect(rows).toHaveLength(3);
    expect(rows[0]).toContain('size: 128 against 64');
    expect(rows[0]).toContain('+0.004 to +0.036');
    expect(rows[1]).toContain('not shown');
    expect(rows[2]).toContain('size (128 against 64) with clahe (on against off)');
    expect(rows[2]).toContain('cannot be estimated: size-128_clahe-on not finished');
    expect(document.querySelectorAll('#factors svg')).toHaveLength(1);
    expect(document.querySelector('#answer p')?.textContent).toContain(factors.statement);
    expect(document.querySelector('#factors h3, #factors h2')?.textContent).toContain('exploratory');
    expect(document.querySelector('#factors')?.textContent).toContain('none was declared');
  });

  it('are left out of studies without, and of the answer where the verdict is invalid', () => {
    expect(page(input).querySelector('#factors')).toBeNull();
    const invalid = page({ ...whole, verdict: { ...whole.verdict, verdict: 'invalid' } });
    expect(invalid.querySelector('#answer p')?.textContent).not.toContain(factors.statement);
    expect(invalid.querySelector('#factors')?.textContent).toContain(factors.statement);
  });

  it('are in the methods as exploratory where any could be tested, and else not', () => {
    const methods = (of: FactorEffects) =>
      methodsParagraphs({ ...input, verdict: { ...input.verdict, factors: of } }).join(' ');
    expect(methods(factors)).toContain(
      'As exploratory analyses, which decide nothing, main effects and interactions of two of the factors size and clahe',
    );
    expect(methods(factors)).toContain('(2 effects, with a Holm correction of their own)');
    const none = {
      ...factors,
      effects: factors.effects.map((one) => ({ ...one, ...lost, outcome: 'one seed' as const })),
    };
    expect(methods(none)).not.toContain('xploratory');
  });

  it('are a file for papers, with empty cells where a number is missing', () => {
    const csv = reportFiles(whole).find(({ path }) => path === 'tables/factors.csv')!.text;
    expect(csv.split('\n')[1]).toBe(
      'size: 128 against 64,main effect,+0.020,+0.004 to +0.036,98.33 %,0.004,0.012,"1, 2",higher',
    );
    expect(csv.split('\n')[3]).toContain(',interaction,,,,,,,cannot be estimated');
  });

  it('are drawn as means of cells: a cell without a trial leaves a gap', async () => {
    const { figures } = interactionPlots(whole.verdict);
    expect(figures.map(({ name }) => name)).toEqual(['interaction-size-clahe']);
    const mean = (arm: string) => input.verdict.arms.find((one) => one.arm === arm)!.auroc.mean.toFixed(3);
    expect(figures[0]!.description).toContain(`size 128, clahe off: ${mean('size-128_clahe-off')}.`);
    await expect(`${figures[0]!.svg}\n`).toMatchFileSnapshot('../../../test/figures/interaction.svg');
    const three = whole.verdict.arms.filter(({ arm }) => arm !== 'size-128_clahe-on');
    expect(interactionPlots({ ...whole.verdict, arms: three }).figures[0]!.description).not.toContain(
      'size 128, clahe on',
    );
  });

  it('with too many levels are not drawn, and the report says so', () => {
    const many = Array.from({ length: 9 }, (_, i) => String(i));
    const wide = { ...factors, factors: [{ ...factors.factors[0]!, levels: many }, factors.factors[1]!] };
    expect(interactionPlots({ ...whole.verdict, factors: wide }).figures).toHaveLength(0);
    const colour = { name: 'colour', key: 'colour', levels: many };
    const three = {
      ...factors,
      factors: [...factors.factors, colour],
      cells: factors.cells.flatMap((cell) => many.map(() => cell)),
    };
    const document = page({ ...whole, verdict: { ...whole.verdict, factors: three } });
    expect(document.querySelector('#factors')?.textContent).toContain('2 of 3 pairs of factors are not drawn');
    expect(page(whole).querySelector('#factors')?.textContent).not.toContain('not drawn');
  });
});
