import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { classKappa } from '../agreement/kappa.js';
import { kappaOverSeeds } from '../agreement/kappa-over-seeds.js';
import { compareAuroc } from '../seeds/compare-auroc.js';
import { classesOverSeeds, compareClasses } from './classes-over-seeds.js';
import type { ClassMeasure } from './contrasts.js';
import { macroAuroc } from './macro-auroc.js';

interface Recorded {
  readonly classes: number;
  readonly labels: readonly number[];
  readonly patients: readonly string[];
  readonly probabilities: readonly (readonly number[])[];
  readonly macroAuroc: number;
  readonly handTill: number;
  readonly againstRest: readonly number[];
  readonly macroVariance: number;
  readonly handTillVariance: number;
  readonly kappa: number;
  readonly kappaError: number;
}

// Recorded by test/reference/make_class_fixtures.py with scikit-learn, statsmodels and numpy.
const file = new URL('../../test/fixtures/classes.json', import.meta.url);
const { cases } = JSON.parse(readFileSync(file, 'utf8')) as { readonly cases: readonly Recorded[] };
const title = (one: Recorded) => `${one.classes} classes, ${one.labels.length} records`;
const macro: ClassMeasure = { metric: 'macro-auroc' };

const callsOf = ({ labels, probabilities }: Recorded): number[] =>
  labels.map((_, row) => {
    const own = probabilities.map((ofClass) => ofClass[row]!);
    return own.indexOf(Math.max(...own));
  });

describe.each(cases.map((one) => [title(one), one] as const))('%s', (_, recorded) => {
  const { labels, classes, patients, probabilities, againstRest } = recorded;
  const measured = (measure: ClassMeasure) =>
    classesOverSeeds({ labels, classes, patients, scores: [probabilities] }, measure);

  it('has the AUROCs of scikit-learn: macro, Hand and Till, each class against the rest', () => {
    expect(measured(macro).mean).toBeCloseTo(recorded.macroAuroc, 12);
    expect(macroAuroc(labels, probabilities)).toBeCloseTo(recorded.macroAuroc, 12);
    expect(measured({ metric: 'hand-till' }).mean).toBeCloseTo(recorded.handTill, 12);
    againstRest.forEach((auroc, index) => {
      expect(measured({ metric: 'auroc', class: index }).mean).toBeCloseTo(auroc, 12);
    });
  });

  it('has the variance over patients that sums over all pairs give', () => {
    expect(measured(macro).variance / recorded.macroVariance).toBeCloseTo(1, 10);
    expect(measured({ metric: 'hand-till' }).variance / recorded.handTillVariance).toBeCloseTo(1, 10);
  });

  it("has scikit-learn's kappa and statsmodels' error of it", () => {
    const calls = callsOf(recorded);
    const { kappa, interval } = classKappa(labels, calls, classes);
    expect(kappa).toBeCloseTo(recorded.kappa, 12);
    expect((interval!.upper - interval!.lower) / 2 / 1.959963984540054).toBeCloseTo(recorded.kappaError, 8);
    const over = kappaOverSeeds(labels, [calls], classes)!;
    const scale = Math.sqrt(labels.length / (labels.length - 1));
    expect(over.mean).toBeCloseTo(recorded.kappa, 12);
    expect(over.standardError / scale).toBeCloseTo(recorded.kappaError, 8);
  });

  it('compares one class with the rest as the test of two classes does', () => {
    const other = probabilities.map((ofClass) => ofClass.map((p, row) => (p + ((row * 37) % 101) / 101) / 2));
    const found = compareClasses(
      { labels, classes, patients, arm: [probabilities], control: [other] },
      { metric: 'auroc', class: 1 },
    );
    const two = compareAuroc({
      labels: labels.map((label) => Number(label === 1)),
      patients,
      arm: [probabilities[1]!],
      control: [other[1]!],
    });
    expect(found.difference).toBeCloseTo(two.difference, 12);
    expect(found.standardError / two.standardError).toBeCloseTo(1, 10);
    expect(found.p).toBeCloseTo(two.p, 10);
  });

  it('does not depend on the order of classes or records', () => {
    const turned = {
      labels: labels.map((label) => classes - 1 - label).reverse(),
      patients: [...patients].reverse(),
      scores: [[...probabilities].reverse().map((ofClass) => [...ofClass].reverse())],
      classes,
    };
    for (const measure of [macro, { metric: 'hand-till' } as const]) {
      const found = classesOverSeeds(turned, measure);
      expect(found.mean).toBeCloseTo(measured(measure).mean, 12);
      expect(found.interval.lower).toBeCloseTo(measured(measure).interval.lower, 10);
    }
  });
});

describe('bad input', () => {
  const scores = [
    [0.2, 0.5, 0.3, 0.4],
    [0.3, 0.3, 0.4, 0.3],
    [0.5, 0.2, 0.3, 0.3],
  ];
  const compare = (labels: readonly number[], changed: readonly (readonly number[])[] = scores) =>
    classesOverSeeds({ labels, classes: 3, scores: [changed] }, macro);

  it.each([
    ['a class without a record', [0, 1, 0, 1], scores, 'ONE_CLASS'],
    ['an index that is no class', [0, 1, 2, 3], scores, 'LABEL'],
    ['a class of one patient', [0, 1, 2, 0], scores, 'TOO_FEW'],
    ['scores of another length', [0, 1, 2, 0, 1, 2], scores, 'LENGTH'],
    ['a score that is no number', [0, 1, 2, 0], scores.map(() => [Number.NaN, 0, 0, 0]), 'SCORE'],
  ] as const)('is refused: %s', (_, labels, changed, code) => {
    expect(() => compare(labels, changed)).toThrowError(
      expect.objectContaining({ code: `CHROMARAY_EVIDENCE_${code}` }) as Error,
    );
  });
});
