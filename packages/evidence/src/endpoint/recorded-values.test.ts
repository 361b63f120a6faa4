import { describe, expect, it } from 'vitest';
import { expectClose, reference } from '../../test/reference.test-support.js';
import { toClusters } from '../input/clusters.js';
import { checkTwoClasses } from '../input/scored.js';
import { partsCovariance } from '../roc/covariance.js';
import { sensitivityThreshold, specificityThreshold } from '../threshold/choose.js';
import { averagePrecisionParts } from './average-precision.js';
import { endpointOverSeeds } from './compare-endpoint.js';
import { type EndpointMeasure, lowerIsBetter } from './measure.js';
import { measureScorings } from './measure-scorings.js';

interface Recorded {
  readonly versions: { readonly sklearn: string };
  readonly cases: readonly {
    readonly name: string;
    readonly scorings: readonly {
      readonly averagePrecision: number;
      readonly averagePrecisionJackknife: number;
      readonly partial: readonly number[];
      readonly probabilities: readonly number[];
      readonly brier: number;
    }[];
    readonly transferred: Readonly<Record<'sensitivity' | 'specificity' | 'balancedAccuracy', number>>;
  }[];
}
interface Proc {
  readonly versions: { readonly pROC: string };
  readonly ranges: readonly (readonly [number, number])[];
  readonly cases: readonly { readonly scorings: readonly (readonly number[])[] }[];
}
interface Data {
  readonly cases: readonly { readonly name: string; readonly labels: number[]; readonly scorings: number[][] }[];
}

// Recorded by test/reference/make_endpoint_fixtures.py and make_endpoint_fixtures.R.
const recorded = reference<Recorded>('endpoints');
const proc = reference<Proc>('partial-auroc');
const data = reference<Data>('roc').cases;
const all = data.flatMap(({ name, labels, scorings }, c) =>
  scorings.map((scores, s) => ({
    name: `${name}, scoring ${s}`,
    ...{ labels, scores, other: scorings[(s + 1) % scorings.length]! },
    sklearn: recorded.cases[c]!.scorings[s]!,
    pROC: proc.cases[c]!.scorings[s]!,
  })),
);

const endpointOf = (labels: readonly number[], scores: readonly number[], measure: EndpointMeasure): number =>
  measureScorings(measure, { labels, scores: [scores] }).values[0]!;

describe.each(all)('on data with $name', ({ labels, scores, sklearn, pROC }) => {
  it(`average precision and partial AUROC are those of scikit-learn ${recorded.versions.sklearn}`, () => {
    expectClose(endpointOf(labels, scores, { metric: 'auprc' }), sklearn.averagePrecision);
    [0.2, 0.05].forEach((to, i) => {
      expectClose(endpointOf(labels, scores, { metric: 'partial-auroc', range: [0, to] }), sklearn.partial[i]!);
    });
  });

  it('the Brier score is that of scikit-learn', () => {
    expectClose(endpointOf(labels, sklearn.probabilities as number[], { metric: 'brier' }), sklearn.brier);
  });

  it(`the partial AUROC is that of R's pROC ${proc.versions.pROC}, over any range`, () => {
    proc.ranges.forEach((range, i) => {
      expectClose(endpointOf(labels, scores, { metric: 'partial-auroc', range }), pROC[i]!);
    });
  });

  // Leaving out is the more cautious of the two with so few records (Efron and Stein 1981).
  it('the variance of the average precision comes near that of leaving out each record', () => {
    const parts = averagePrecisionParts(checkTwoClasses(labels, scores));
    const variance = partsCovariance([parts], toClusters(undefined, labels.length))[0]![0]!;
    const ratio = variance / sklearn.averagePrecisionJackknife;
    expect(ratio).toBeGreaterThan(0.85);
    expect(ratio).toBeLessThan(1.05);
  });

  it('the variance of the partial AUROC over the whole range is DeLong’s', () => {
    const whole = measureScorings({ metric: 'partial-auroc', range: [0, 1] }, { labels, scores: [scores] });
    const auroc = measureScorings({ metric: 'auroc' }, { labels, scores: [scores] });
    expectClose(whole.covariance[0]![0]!, auroc.covariance[0]![0]!);
  });
});

describe('an endpoint with a threshold', () => {
  it.each(data.map((one, c) => ({ ...one, expected: recorded.cases[c]!.transferred })))(
    'takes it from validation and applies it to the test part, as scikit-learn says: $name',
    ({ labels, scorings, expected }) => {
      const [first, second] = scorings;
      const at = (measure: EndpointMeasure) =>
        measureScorings(measure, { labels, scores: [first!] }, { labels, scores: [second!] }).values[0]!;
      expectClose(at({ metric: 'sensitivity', at: 0.9 }), expected.sensitivity);
      expectClose(at({ metric: 'specificity', at: 0.9 }), expected.specificity);
      expectClose(at({ metric: 'balanced-accuracy' }), expected.balancedAccuracy);
      expect(specificityThreshold(labels, second!, 0.9).specificity).toBeGreaterThanOrEqual(0.9 - 1e-12);
      expect(sensitivityThreshold(labels, second!, 0.9).sensitivity).toBeGreaterThanOrEqual(0.9 - 1e-12);
    },
  );

  it('cannot be measured without a validation part', () => {
    const { labels, scorings } = data[0]!;
    for (const metric of ['sensitivity', 'specificity', 'balanced-accuracy'] as const) {
      expect(() => endpointOverSeeds({ labels, scores: scorings }, { metric, at: 0.9 })).toThrow(/validation part/);
    }
  });

  it('needs the number that defines it', () => {
    const { labels, scorings } = data[0]!;
    const part = { labels, scores: scorings };
    expect(() => measureScorings({ metric: 'sensitivity' }, part, part)).toThrow(/specificity at which/);
    expect(() => measureScorings({ metric: 'partial-auroc' }, part)).toThrow(/range of false positive rates/);
    expect(() => measureScorings({ metric: 'partial-auroc', range: [0.4, 0.2] }, part)).toThrow(/range/);
  });
});

it('only errors are better when lower', () => {
  const metrics = [
    'auroc',
    'auprc',
    'partial-auroc',
    'sensitivity',
    'specificity',
    'balanced-accuracy',
    'brier',
  ] as const;
  expect(metrics.filter((metric) => lowerIsBetter({ metric }))).toEqual(['brier']);
});
