import { Random } from '@chromaray/base';
import { describe, expect, it } from 'vitest';
import { normalCdf, normalQuantile } from '../distributions/normal.js';
import type { EndpointMeasure } from '../endpoint/measure.js';
import { measureScorings } from '../endpoint/measure-scorings.js';
import { simulateParts } from '../endpoint/simulated-endpoints.test-support.js';
import { meanOf, varianceOf } from '../seeds/summary.js';
import { TYPICAL_SHARES } from '../simulate/readers.js';
import { expectedAurocVariance } from './auroc-variance.js';
import { expectedPrecision } from './design.js';
import { endpointModel } from './endpoint-model.js';

const counts = { positives: 80, negatives: 120 };
const validation = { positives: 60, negatives: 100 };
const measures: readonly EndpointMeasure[] = [
  { metric: 'auprc' },
  { metric: 'partial-auroc', range: [0, 0.2] },
  { metric: 'sensitivity', at: 0.85 },
  { metric: 'specificity', at: 0.85 },
  { metric: 'balanced-accuracy' },
  { metric: 'brier' },
];

/** One reader without seeds, again and again on other patients. */
function simulated(measure: EndpointMeasure, auroc: number, studies: number) {
  const random = new Random('model');
  return Float64Array.from({ length: studies }, (_, s) => {
    const study = simulateParts(
      {
        ...{ positivePatients: counts.positives, negativePatients: counts.negatives, mostRecordsPerPatient: 1 },
        ...{ seeds: 1, auroc, effect: 0, seedDeviation: 0, shares: TYPICAL_SHARES },
        validation: { positivePatients: validation.positives, negativePatients: validation.negatives },
      },
      random.fork(s),
    );
    const part = (of: typeof study) => ({ labels: of.labels, scores: [of.control[0]!] });
    return measureScorings(measure, part(study), part(study.validation as typeof study)).values[0]!;
  });
}

describe.each(measures.map((measure) => ({ measure, name: measure.metric })))('the plan for $name', ({ measure }) => {
  it('expects what simulated readers show, and how it varies over patients', { timeout: 20_000 }, () => {
    const found = simulated(measure, 0.88, 150);
    const model = endpointModel(measure, 0.88, counts.positives / 200);
    expect(Math.abs(model.value - meanOf(found))).toBeLessThan(0.02);
    const planned = Math.sqrt(
      model.ofPositives / counts.positives +
        model.ofNegatives / counts.negatives +
        model.ofValidationPositives / validation.positives +
        model.ofValidationNegatives / validation.negatives,
    );
    const ratio = planned / Math.sqrt(varianceOf(found));
    expect(ratio).toBeGreaterThan(0.78);
    expect(ratio).toBeLessThan(1.22);
  });
});

it('turns a spread of seeds in AUROC into one of the endpoint', () => {
  // Sensitivity at a specificity s is normalCdf(distance - z(s)); both change with the distance between the classes.
  const sensitivity = (auroc: number) => normalCdf(Math.SQRT2 * normalQuantile(auroc) - normalQuantile(0.85));
  const expected = (sensitivity(0.89) - sensitivity(0.87)) / 0.02;
  const { slope } = endpointModel({ metric: 'sensitivity', at: 0.85 }, 0.88, 0.4);
  expect(Math.abs(slope / expected - 1)).toBeLessThan(0.05);
  const one = { auroc: 0.88, ...counts, seeds: 3, endpoint: { metric: 'sensitivity', at: 0.85 }, validation } as const;
  const [still, moving] = [0, 0.02].map((seedDeviation) => expectedPrecision({ ...one, seedDeviation }).standardError);
  expect(moving! ** 2 - still! ** 2).toBeCloseTo((2 * (slope * 0.02) ** 2) / 3, 10);
});

it('over the whole range the partial AUROC is planned as the AUROC is', () => {
  const model = endpointModel({ metric: 'partial-auroc', range: [0, 1] }, 0.9, 0.4);
  const variance = model.ofPositives / counts.positives + model.ofNegatives / counts.negatives;
  expect(variance / expectedAurocVariance(0.9, counts.positives, counts.negatives)).toBeCloseTo(1, 1);
  expect(model.slope).toBeCloseTo(1, 2);
});

it('a design without an endpoint is one with the AUROC, to the last bit', () => {
  const design = { auroc: 0.93, ...counts, seeds: 3 };
  expect(expectedPrecision({ ...design, endpoint: { metric: 'auroc' }, validation })).toEqual(
    expectedPrecision(design),
  );
});
