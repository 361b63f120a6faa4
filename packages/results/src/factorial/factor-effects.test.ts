import type { Endpoint, FactorEffects } from '@chromaray/contracts';
import { describe, expect, it } from 'vitest';
import { armResults } from '../comparison/arm-results.js';
import { compareArms } from '../comparison/compare-arms.js';
import { constructedPredictions } from '../comparison/constructed-scores.test-support.js';
import { studyScores } from '../comparison/study-scores.js';
import { factorEffects } from './factor-effects.js';

const endpoint: Endpoint = {
  ...{ metric: 'auroc', part: 'test', margin: 0.01, alpha: 0.05, correction: 'holm', bootstrap: 0 },
};
const levelsOf = (...names: readonly string[]) => names.map((level) => ({ level, value: level }));
const size = { key: 'image.size', levels: levelsOf('64', '128') };
const clahe = { key: 'image.clahe', levels: levelsOf('off', 'on') };
const epochs = { key: 'training.epochs', levels: levelsOf('5', '9') };
const two = ['size-64_clahe-off', 'size-64_clahe-on', 'size-128_clahe-off', 'size-128_clahe-on'];

interface Made {
  readonly factors?: Readonly<Record<string, typeof size>>;
  readonly arms?: readonly string[];
  /** How far apart the classes are, by cell. */
  readonly separations: readonly number[];
  readonly seeds?: (cell: number) => readonly number[];
  readonly of?: Endpoint;
}

function study({ factors = { size, clahe }, arms = two, separations, seeds = () => [1, 2, 3], of = endpoint }: Made) {
  const named = arms.map((name, i) => ({ name, control: i === 0, colour: 'none' as const }));
  const constructed = arms.map((arm, i) => ({ arm, separation: separations[i]!, chance: 0.1, seeds: seeds(i) }));
  const scores = studyScores(constructedPredictions(constructed, 100));
  const results = armResults(named, scores, of);
  return { results, scores, named, found: factorEffects({ factors, arms: named }, scores, of, results) };
}
const effectsOf = (made: Made): FactorEffects => study(made).found!;
const outcomes = ({ effects }: FactorEffects) => effects.map(({ outcome }) => outcome);

describe('effects of factors', () => {
  it('are differences of means of cells, and of differences', () => {
    const { found, results } = study({ separations: [1.2, 1.4, 2.2, 2.1] });
    const [a, b, c, d] = results.map(({ auroc }) => auroc.mean) as [number, number, number, number];
    const effects = found!.effects.map(({ effect }) => effect!);
    expect(effects[0]).toBeCloseTo((c + d) / 2 - (a + b) / 2, 10);
    expect(effects[1]).toBeCloseTo((b + d) / 2 - (a + c) / 2, 10);
    expect(effects[2]).toBeCloseTo(d - b - (c - a), 10);
    expect(found!.cells).toEqual(two);
    expect(found!.effects[2]!.of).toEqual([
      { factor: 'size', level: '128', against: '64' },
      { factor: 'clahe', level: 'on', against: 'off' },
    ]);
  });

  it('have intervals that exclude 0 exactly where the p that Holm corrected is at most alpha', () => {
    for (const separations of [
      [1.2, 1.4, 2.2, 2.1],
      [1, 1.5, 1.6, 1.1],
      [1.3, 1.3, 1.5, 1.6],
    ]) {
      for (const { interval, pCorrected, outcome, p } of effectsOf({ separations }).effects) {
        const excludes = interval![0] > 0 || interval![1] < 0;
        expect(excludes).toBe(pCorrected! <= 0.05);
        expect(outcome !== 'open').toBe(excludes);
        expect(pCorrected!).toBeGreaterThanOrEqual(p!);
      }
    }
  });

  it('are not there without factors, nor with one, whose effects are the comparisons with the control', () => {
    const arms = ['size-64', 'size-128'];
    expect(study({ factors: { size }, arms, separations: [1, 2] }).found).toBeUndefined();
    expect(study({ factors: {}, separations: [1, 1, 2, 2] }).found).toBeUndefined();
    // Of one cell a level, the effect would be that comparison to the last digit.
    const whole = study({ separations: [1.2, 1.4, 2.2, 2.1] });
    const pair = compareArms(whole.named.slice(0, 2), whole.scores, endpoint).comparisons[0]!;
    expect(pair.difference).toBeCloseTo(whole.results[1]!.auroc.mean - whole.results[0]!.auroc.mean, 10);
  });
});

describe('what is said of them', () => {
  it('a main effect that is shown, with what it is a mean over; the others are not shown', () => {
    const found = effectsOf({ separations: [1, 1, 2.2, 2.2] });
    expect(outcomes(found)).toEqual(['higher', 'open', 'open']);
    expect(found.statement).toMatch(
      /^Exploratory, not part of the verdict: size 128 has a higher AUROC than size 64 as a mean over clahe \(\+0\.\d+, 98\.33\s% interval \+0\.\d+ to \+0\.\d+\)\. 2 other effects are not shown\.$/,
    );
  });

  it('the other direction, and a metric of which the lower is better', () => {
    expect(effectsOf({ separations: [2.2, 2.2, 1, 1] }).statement).toContain('size 128 has a lower AUROC than size 64');
    const of: Endpoint = { ...endpoint, metric: 'brier' };
    const better = effectsOf({ separations: [0.5, 0.5, 3, 3], of });
    expect(better.statement).toContain('size 128 has a lower (better) Brier score than size 64');
    expect(effectsOf({ separations: [3, 3, 0.5, 0.5], of }).statement).toContain('a higher (worse) Brier score');
    expect(better.statement).not.toContain('AUROC');
  });

  it('an interaction; main effects of its factors then need not hold in a cell', () => {
    const crossed = effectsOf({ separations: [1, 2.5, 2.5, 1] });
    expect(outcomes(crossed)).toEqual(['open', 'open', 'lower']);
    expect(crossed.statement).toMatch(
      /the difference in AUROC of size 128 from size 64 lies 0\.\d+ lower with clahe on than with clahe off \(98\.33\s% interval −0\.\d+ to −0\.\d+\)/,
    );
    expect(crossed.statement).not.toContain('depends on');
    const both = effectsOf({ separations: [1, 1, 1.2, 3] });
    expect(outcomes(both)).toEqual(['higher', 'higher', 'higher']);
    expect(both.statement).toContain('lies 0.');
    expect(both.statement).toContain('The effect of size depends on clahe: its mean need not hold in any one cell.');
    expect(both.statement).toContain('The effect of clahe depends on size:');
  });

  it('nothing shown is not said to be nothing there', () => {
    const { statement } = effectsOf({ separations: [1.5, 1.5, 1.5, 1.5] });
    expect(statement).toContain('none of the 3 effects of the factors that can be tested is shown');
    expect(statement).toContain('does not show that there is none');
  });

  it('one seed gives neither interval nor test', () => {
    const found = effectsOf({ separations: [1, 1, 2.5, 2.5], seeds: () => [7] });
    expect(outcomes(found)).toEqual(['one seed', 'one seed', 'one seed']);
    expect(found.effects[0]).toMatchObject({ interval: null, p: null, pCorrected: null, seeds: [7] });
    expect(found.effects[0]!.effect).toBeGreaterThan(0.1);
    expect(found.statement).toBe(
      'Exploratory, not part of the verdict: no effect of the factors can be tested. 3 effects rest on a single seed, and have neither interval nor test.',
    );
  });

  it('a cell that is not shown to have learned takes every effect that it enters with it', () => {
    const found = effectsOf({ separations: [1.5, 1.5, 1.5, 0] });
    expect(outcomes(found)).toEqual(['not learned', 'not learned', 'not learned']);
    expect(found.effects[0]).toMatchObject({ interval: null, p: null, cellsAtFault: ['size-128_clahe-on'] });
    expect(found.statement).toContain(
      '3 effects rest on cells that are not shown to have learned (size-128_clahe-on): they say nothing of the factors.',
    );
    expect(effectsOf({ separations: [1.5, 1.5, 1.5, 1.5] }).statement).not.toContain('not shown to have learned');
  });

  it('of three levels, only effects with the cell that failed are lost', () => {
    const three = { key: 'image.size', levels: levelsOf('32', '64', '128') };
    const arms = ['a', 'b', 'c', 'd', 'e', 'f'];
    const factors = { size: three, clahe };
    const made = (lost: number) => ({
      ...{ factors, arms },
      seeds: (cell: number) => (cell === lost ? [] : [1, 2, 3]),
    });
    const found = effectsOf({ ...made(5), separations: [1.5, 1.5, 1.5, 1.5, 1.5, 1.5] });
    // Size 64, size 128, clahe on, then both interactions.
    expect(outcomes(found)).toEqual(['open', 'not estimable', 'not estimable', 'open', 'not estimable']);
    expect(found.effects[1]).toMatchObject({ effect: null, interval: null, seeds: [], cellsAtFault: ['f'] });
    expect(found.statement).toContain('3 effects cannot be estimated without trials that are not finished (f).');
    expect(effectsOf({ ...made(-1), separations: [1.5, 1.5, 1.5, 1.5, 1.5, 1.5] }).statement).not.toContain('finished');
  });

  it('rests on the seeds that all its cells have, and says which cells lack one where there is none', () => {
    const separations = [1, 1, 2, 2];
    const some = effectsOf({ separations, seeds: (cell) => (cell === 1 ? [2, 3] : [1, 2, 3]) });
    expect(some.effects.map(({ seeds }) => seeds)).toEqual([
      [2, 3],
      [2, 3],
      [2, 3],
    ]);
    const none = effectsOf({ separations, seeds: (cell) => (cell === 1 ? [4] : [1, 2, 3]) });
    expect(outcomes(none)).toEqual(['not estimable', 'not estimable', 'not estimable']);
    expect(none.effects[0]!.cellsAtFault).toContain('size-64_clahe-on');
  });

  it('says that interactions of three factors are left out where there are three factors', () => {
    const arms = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'];
    const found = effectsOf({ factors: { size, clahe, epochs }, arms, separations: [1, 1, 1, 1, 2.2, 2.2, 2.2, 2.2] });
    expect(found.effects).toHaveLength(6);
    expect(found.statement).toContain('as a mean over clahe and epochs');
    expect(found.statement).toContain('Interactions of three or more factors are not worked out.');
    expect(effectsOf({ separations: [1, 1, 2, 2] }).statement).not.toContain('three or more');
  });
});
