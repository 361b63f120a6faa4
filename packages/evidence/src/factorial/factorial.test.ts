import { Random } from '@chromaray/base';
import { describe, expect, it } from 'vitest';
import { expectClose, reference } from '../../test/reference.test-support.js';
import { compareClasses, measureClassNetworks } from '../classes/classes-over-seeds.js';
import { compareEndpoint } from '../endpoint/compare-endpoint.js';
import type { EndpointMeasure } from '../endpoint/measure.js';
import { measureScorings } from '../endpoint/measure-scorings.js';
import { simulateReaders, TYPICAL_SHARES } from '../simulate/readers.js';
import { simulateClasses } from '../simulate/several-classes.js';
import { type Cells, compareGroups } from './compare-groups.js';
import { factorialContrasts } from './contrasts.js';
import { type MeasuredNetworks, measureNetworks } from './networks.js';

interface Recorded {
  readonly levels: readonly number[];
  readonly seeds: number;
  readonly values: readonly (readonly number[])[];
  readonly residualDegrees: number;
  readonly effects: readonly {
    readonly factors: readonly number[];
    readonly levels: readonly number[];
    readonly effect: number;
    readonly se: number;
    readonly p: number;
  }[];
  readonly sumCoded?: Readonly<Record<string, { readonly F: number; readonly p: number }>>;
}

// Recorded by test/reference/make_factorial_fixtures.py with statsmodels.
const { cases } = reference<{ readonly cases: readonly Recorded[] }>('factorial');

/** Networks that all patients read alike: only seeds vary. */
const seedsAlone = (values: readonly (readonly number[])[]): MeasuredNetworks => ({
  values: values.flat(),
  groups: (members) => ({
    values: members.map((group) => group.reduce((sum, i) => sum + values.flat()[i]!, 0) / group.length),
    covariance: members.map(() => members.map(() => 0)),
    patientDegrees: 1000,
    counts: { of: 'auroc', positives: 1000, negatives: 1000 },
  }),
});
const cellsOf = (cells: readonly number[], seeds: number): Cells =>
  cells.map((cell) => Array.from({ length: seeds }, (_, s) => cell * seeds + s));

const testsOf = ({ levels, seeds, values }: Recorded) =>
  factorialContrasts(levels).map(({ plus, minus, scale, ...contrast }) => {
    const test = compareGroups(seedsAlone(values), cellsOf(plus, seeds), cellsOf(minus, seeds));
    return { ...test, ...contrast, effect: scale * test.difference, error: scale * test.standardError };
  });
const titled = cases.map((one) => ({ title: `${one.levels.join(' x ')}, ${one.seeds} seeds`, one }));

it.each(titled)(
  "a factorial of $title has statsmodels' main effects and interactions, in the same order",
  ({ one }) => {
    const tests = testsOf(one);
    expect(tests.map(({ factors, levels }) => ({ factors, levels }))).toEqual(
      one.effects.map(({ factors, levels }) => ({ factors, levels })),
    );
    for (const [i, { effect }] of one.effects.entries()) expect(tests[i]!.effect).toBeCloseTo(effect, 12);
  },
);

// With more levels a contrast rests on the spread of its own cells, where least squares pools that of all.
it.each(titled.filter(({ one }) => one.sumCoded !== undefined))(
  "where only seeds vary, a factorial of $title has the standard errors and p of least squares' residuals",
  ({ one: { effects, sumCoded, residualDegrees, ...one } }) => {
    const tests = testsOf({ effects, residualDegrees, ...one });
    for (const [i, { se, p, factors }] of effects.entries()) {
      expectClose(tests[i]!.error, se, 1e-9);
      expectClose(tests[i]!.degreesOfFreedom, residualDegrees, 1e-9);
      expectClose(tests[i]!.p, p, 1e-8);
      const coded = sumCoded![factors.map((factor) => `f${factor}`).join(':')]!;
      expectClose(tests[i]!.t ** 2, coded.F, 1e-8);
      expectClose(tests[i]!.p, coded.p, 1e-8);
    }
  },
);

const design = {
  ...{ positivePatients: 25, negativePatients: 35, mostRecordsPerPatient: 3, seeds: 3 },
  ...{ auroc: 0.85, effect: 0, seedDeviation: 0.01, shares: TYPICAL_SHARES },
};
const readers = [0.8, 0.84, 0.82, 0.88].map((auroc) => ({ auroc, seedDeviation: 0.01 }));
const drawn = (name: string) => {
  const { networks, ...records } = simulateReaders(design, readers, new Random(name));
  const scores = networks.flat().map((scoring) => scoring.map((score) => 1 / (1 + Math.exp(1 - score))));
  return { ...records, scores };
};

describe.each<EndpointMeasure>([{ metric: 'auroc' }, { metric: 'sensitivity', at: 0.8 }, { metric: 'brier' }])(
  'groups of networks by $metric',
  (measure) => {
    const [test, validation] = [drawn('test'), drawn('validation')];
    const networks = measureNetworks(measure, [{ test, validation }]);

    it('of one cell each are compared as two arms are', () => {
      const half = (scores: typeof test.scores) => ({ arm: scores.slice(9, 12), control: scores.slice(0, 3) });
      const paired = { ...test, ...half(test.scores), validation: { ...validation, ...half(validation.scores) } };
      const { difference, standardError, degreesOfFreedom, p } = compareEndpoint(paired, measure);
      const found = compareGroups(networks, cellsOf([3], 3), cellsOf([0], 3));
      expectClose(found.difference, difference);
      expectClose(found.standardError, standardError);
      expectClose(found.degreesOfFreedom, degreesOfFreedom);
      expectClose(found.p, p, 1e-8);
    });

    it('have the covariance that the matrix of all networks gives', () => {
      const members = [
        [0, 3, 7],
        [1, 2, 4, 11],
      ];
      const all = measureScorings(measure, test, validation);
      const { values, covariance } = networks.groups(members);
      members.forEach((a, i) => {
        expectClose(values[i], a.reduce((sum, m) => sum + all.values[m]!, 0) / a.length);
        members.forEach((b, j) => {
          const sum = a.reduce((total, m) => total + b.reduce((of, n) => of + all.covariance[m]![n]!, 0), 0);
          expectClose(covariance[i]![j], sum / a.length / b.length);
        });
      });
    });
  },
);

it('folds are averaged, patients of different folds being independent', () => {
  const [one, other] = [drawn('one'), drawn('other')];
  const half = (scores: typeof one.scores) => ({ arm: scores.slice(3, 6), control: scores.slice(0, 3) });
  const strata = [one, other].map((part) => ({ ...part, ...half(part.scores) }));
  const { difference, standardError } = compareEndpoint(strata, { metric: 'auroc' });
  const networks = measureNetworks({ metric: 'auroc' }, [{ test: one }, { test: other }]);
  const found = compareGroups(networks, cellsOf([1], 3), cellsOf([0], 3));
  expectClose(found.difference, difference);
  expectClose(found.standardError, standardError);
});

it('networks of several classes are compared as two arms of them are', () => {
  const study = simulateClasses(
    { patients: [20, 20, 15], seeds: 2, separation: [1.2, 1.5], seedDeviation: 0.1, shared: 0.5 },
    new Random('classes'),
  );
  const { labels, classes, arm, control } = study;
  const networks = measureClassNetworks({ labels, classes, scores: [...control, ...arm] }, { metric: 'macro-auroc' });
  const expected = compareClasses(study, { metric: 'macro-auroc' });
  const found = compareGroups(networks, cellsOf([1], 2), cellsOf([0], 2));
  expectClose(found.difference, expected.difference);
  expectClose(found.standardError, expected.standardError);
});

it('an effect needs two seeds in each of its cells, and as many cells on either side', () => {
  const networks = seedsAlone([[0.8], [0.9]]);
  expect(() => compareGroups(networks, [[1]], [[0]])).toThrow(/seeds of a cell is 1/);
  expect(() => compareGroups(networks, [[1]], [[0], [1]])).toThrow(/number of cells is 2/);
});
