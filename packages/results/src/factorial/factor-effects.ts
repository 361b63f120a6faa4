import {
  type ArmResult,
  type Endpoint,
  type FactorEffect,
  type FactorEffects,
  type StudyFile,
  twoClassMeasure,
} from '@chromaray/contracts';
import {
  type Cells,
  type CorrectedComparison,
  compareGroups,
  comparisonInterval,
  correctComparisons,
  type FactorialContrast,
  factorialContrasts,
  type MeasuredNetworks,
  measureClassNetworks,
  measureNetworks,
  type PairedComparison,
} from '@chromaray/evidence';
import { foldsOf, sameTrial } from '../comparison/fold-scores.js';
import { armClassScores, classMeasure, severalScores } from '../comparison/several-classes.js';
import type { StudyScores } from '../comparison/study-scores.js';
import { factorStatement } from './statement.js';

/** The cells of a factorial: what is finished of each. */
interface CellTrials {
  readonly cell: string;
  /** By seed, the trial's place in the scores. */
  readonly trials: ReadonlyMap<number, number>;
  readonly isUnlearned: boolean;
}

/** A contrast with what it can rest on. */
interface Material {
  readonly scale: number;
  readonly plus: readonly CellTrials[];
  readonly minus: readonly CellTrials[];
  /** Seeds that all its cells have finished. */
  readonly seeds: readonly number[];
}

/**
 * What the factors of a study tell: main effects and interactions of two factors in the endpoint. Undefined for a study
 * without factors, and for one with a single factor, whose effects are the comparisons with the control.
 *
 * Every effect is tested as two arms are, with a mean of cells in place of an arm (`compareGroups` of the package evidence),
 * and corrected by Holm for all effects that can be tested, those of cells that did not learn among them. No study declares
 * effects of factors, so all of it is exploratory.
 *
 * @param results of the study's arms: whether each is shown to have learned
 */
export function factorEffects(
  { factors = {}, arms }: Pick<StudyFile, 'factors' | 'arms'>,
  scores: StudyScores,
  endpoint: Endpoint,
  results: readonly ArmResult[],
): FactorEffects | undefined {
  const named = Object.entries(factors).map(([name, { key, levels }]) => ({
    ...{ name, key },
    levels: levels.map(({ level }) => level),
  }));
  if (named.length < 2) return undefined;
  const cells = cellTrials(
    arms.map(({ name }) => name),
    scores,
    results,
  );
  const contrasts = factorialContrasts(named.map(({ levels }) => levels.length));
  const materials = contrasts.map((contrast) => materialOf(contrast, cells));
  const networks = scores.trials.length > 0 ? measured(scores, endpoint) : undefined;
  const tests = materials.map((material) => testOf(material, networks));
  const corrected = correctedTests(tests, endpoint.alpha);
  const effects = materials.map(
    (material, i): FactorEffect => ({
      of: contrasts[i]!.factors.map((factor, f) => {
        const { name, levels } = named[factor]!;
        return { factor: name, level: levels[contrasts[i]!.levels[f]!]!, against: levels[0]! };
      }),
      seeds: material.seeds,
      ...found(material, tests[i], corrected[i], networks),
    }),
  );
  const all = { factors: named, cells: cells.map(({ cell }) => cell), effects };
  return { ...all, statement: factorStatement(all, endpoint) };
}

function cellTrials(
  names: readonly string[],
  { trials }: StudyScores,
  results: readonly ArmResult[],
): readonly CellTrials[] {
  const byArm = new Map(names.map((name) => [name, new Map<number, number>()]));
  trials.forEach(({ arm, seed }, i) => {
    byArm.get(arm)?.set(seed, i);
  });
  const unlearned = new Set(
    results.filter(({ learning }) => learning !== undefined && learning.notLearned !== null).map(({ arm }) => arm),
  );
  return names.map((cell) => ({ cell, trials: byArm.get(cell)!, isUnlearned: unlearned.has(cell) }));
}

function materialOf({ plus, minus, scale }: FactorialContrast, cells: readonly CellTrials[]): Material {
  const of = (which: readonly number[]) => which.map((cell) => cells[cell]!);
  const own = [...of(plus), ...of(minus)];
  const seeds = [...own[0]!.trials.keys()].filter((seed) => own.every(({ trials }) => trials.has(seed)));
  return { scale, plus: of(plus), minus: of(minus), seeds };
}

/** Cells without any trial; where each has some, but no seed in common, those that lack a seed that another has. */
function missingCells({ plus, minus, seeds }: Material): readonly CellTrials[] {
  if (seeds.length > 0) return [];
  const own = [...plus, ...minus];
  const none = own.filter(({ trials }) => trials.size === 0);
  const any = new Set(own.flatMap(({ trials }) => [...trials.keys()]));
  return none.length > 0 ? none : own.filter(({ trials }) => trials.size < any.size);
}

/** Every trial's network, in the order of the scores. */
function measured(scores: StudyScores, endpoint: Endpoint): MeasuredNetworks {
  const { trials } = scores;
  const several = severalScores(scores);
  if (several !== undefined) {
    return measureClassNetworks(armClassScores(several, trials), classMeasure(endpoint, several.names));
  }
  const strata = foldsOf(scores).map((fold) => {
    const own = trials.map((trial) => sameTrial(fold, trial));
    const { test, validation } = fold;
    const onTest = { labels: test.labels, patients: test.patients, scores: own.map((trial) => trial.test) };
    const onValidation = own.flatMap((trial) => trial.validation ?? []);
    if (validation === undefined || onValidation.length < own.length) return { test: onTest };
    const { labels, patients } = validation;
    return { test: onTest, validation: { labels, patients, scores: onValidation } };
  });
  return measureNetworks(twoClassMeasure(endpoint), strata);
}

/** The networks of some cells, one a seed. */
function networksOf(cells: readonly CellTrials[], seeds: readonly number[]): Cells {
  return cells.map(({ trials }) => seeds.map((seed) => trials.get(seed)!));
}

/** Undefined below two seeds: one tells nothing of others. */
function testOf(
  { plus, minus, seeds }: Material,
  networks: MeasuredNetworks | undefined,
): PairedComparison | undefined {
  if (seeds.length < 2 || networks === undefined) return undefined;
  return compareGroups(networks, networksOf(plus, seeds), networksOf(minus, seeds));
}

function plainEffect({ scale, plus, minus, seeds }: Material, { values }: MeasuredNetworks): number {
  const mean = (cells: readonly CellTrials[]) => {
    const own = networksOf(cells, seeds).flat();
    return own.reduce((sum, network) => sum + values[network]!, 0) / own.length;
  };
  return scale * (mean(plus) - mean(minus));
}

function correctedTests(
  tests: readonly (PairedComparison | undefined)[],
  alpha: number,
): readonly (CorrectedComparison | undefined)[] {
  const made = tests.flatMap((test, i) => (test === undefined ? [] : [{ i, p: test.p }]));
  if (made.length === 0) return tests.map(() => undefined);
  const corrected = correctComparisons(
    made.map(({ p }) => p),
    'holm',
    alpha,
  );
  return tests.map((_, i) => corrected[made.findIndex((one) => one.i === i)]);
}

type Found = Omit<FactorEffect, 'of' | 'seeds'>;

/** By rule: whether it can be estimated, whether its cells learned, whether there is a test, then what its interval excludes. */
function found(
  material: Material,
  test: PairedComparison | undefined,
  corrected: CorrectedComparison | undefined,
  networks: MeasuredNetworks | undefined,
): Found {
  const without = { interval: null, intervalLevel: null, p: null, pCorrected: null, cellsAtFault: [] };
  const missing = missingCells(material);
  if (missing.length > 0 || networks === undefined) {
    return { effect: null, ...without, outcome: 'not estimable', cellsAtFault: missing.map(({ cell }) => cell) };
  }
  const effect = plainEffect(material, networks);
  const unlearned = [...material.plus, ...material.minus].filter(({ isUnlearned }) => isUnlearned);
  if (unlearned.length > 0) {
    return { effect, ...without, outcome: 'not learned', cellsAtFault: unlearned.map(({ cell }) => cell) };
  }
  if (test === undefined || corrected === undefined) return { effect, ...without, outcome: 'one seed' };
  const { p, pCorrected, intervalLevel } = corrected;
  const { lower, upper } = comparisonInterval(test, intervalLevel);
  return {
    ...{ effect, p, pCorrected, intervalLevel },
    interval: [material.scale * lower, material.scale * upper],
    outcome: lower > 0 ? 'higher' : upper < 0 ? 'lower' : 'open',
    cellsAtFault: [],
  };
}
