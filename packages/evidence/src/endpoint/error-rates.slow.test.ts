import { Random } from '@chromaray/base';
import { describe, expect, it } from 'vitest';
import { TYPICAL_SHARES } from '../simulate/readers.js';
import type { EndpointMeasure } from './measure.js';
import { endpointShortage } from './shortage.js';
import {
  type EndpointDesign,
  measureEndpointErrors,
  trueEndpointDifference,
} from './simulated-endpoints.test-support.js';

const studies = 200;
const base = { mostRecordsPerPatient: 1, effect: 0, seedDeviation: 0.004, seeds: 3, shares: TYPICAL_SHARES } as const;
const of = (positivePatients: number, negativePatients: number) => ({ positivePatients, negativePatients });
const identical: EndpointDesign = { ...base, ...of(80, 120), auroc: 0.9, validation: of(40, 60) };
const apart: EndpointDesign = { ...identical, auroc: 0.86, effect: 0.06 };
const measures: readonly EndpointMeasure[] = [
  { metric: 'auprc' },
  { metric: 'partial-auroc', range: [0, 0.2] },
  { metric: 'sensitivity', at: 0.9 },
  { metric: 'specificity', at: 0.9 },
  { metric: 'balanced-accuracy' },
  { metric: 'brier' },
];

// The whole table, with more studies, is in docs/evidence.md.
describe.each(measures.map((measure) => ({ measure, name: measure.metric })))(
  'the interval of the $name',
  ({ measure }) => {
    it('finds a difference that is not there in 5 % of studies, or fewer', { timeout: 120_000 }, () => {
      const { significant } = measureEndpointErrors(identical, measure, studies, new Random('A/A'), 0);
      // Three standard errors above 5 %.
      expect(significant).toBeLessThan(0.05 + 3 * Math.sqrt((0.05 * 0.95) / studies));
    });

    it('holds a difference that is there, and finds it more often than chance', { timeout: 120_000 }, () => {
      const truth = trueEndpointDifference(apart, measure, new Random('truth'));
      expect(Math.sign(truth)).toBe(measure.metric === 'brier' ? -1 : 1);
      const { coverage, significant } = measureEndpointErrors(apart, measure, studies, new Random('apart'), truth);
      expect(coverage).toBeGreaterThan(0.95 - 3.5 * Math.sqrt((0.05 * 0.95) / studies));
      expect(significant).toBeGreaterThan(0.1);
    });
  },
);

it('a range that one negative lies in errs too often, and is refused', { timeout: 120_000 }, () => {
  const measure: EndpointMeasure = { metric: 'partial-auroc', range: [0, 0.05] };
  const few: EndpointDesign = { ...base, ...of(20, 20), auroc: 0.9, validation: of(10, 10) };
  expect(measureEndpointErrors(few, measure, 400, new Random('few'), 0).significant).toBeGreaterThan(0.07);
  const patients = { positives: 20, negatives: 20 };
  expect(endpointShortage(measure, { test: patients, validation: patients })?.for).toBe('range');
});
