import { Random } from '@chromaray/base';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { toClusters } from '../input/clusters.js';
import { checkTwoClasses } from '../input/scored.js';
import { compareAuroc } from '../seeds/compare-auroc.js';
import {
  sensitivityThreshold,
  sensitivityUtility,
  specificityThreshold,
  specificityUtility,
  youdenThreshold,
  youdenUtility,
} from '../threshold/choose.js';
import { bootstrapEndpointDifference } from './bootstrap-endpoint.js';
import { compareEndpoint, type PairedParts } from './compare-endpoint.js';
import type { EndpointMeasure } from './measure.js';
import { measureScorings, partsOf } from './measure-scorings.js';
import { WeightedEndpoint } from './weighted-endpoint.js';
import { WeightedThreshold } from './weighted-threshold.js';

const measures: readonly EndpointMeasure[] = [
  { metric: 'auroc' },
  { metric: 'auprc' },
  { metric: 'partial-auroc', range: [0, 0.217] },
  { metric: 'partial-auroc', range: [0.137, 0.611] },
  { metric: 'sensitivity', at: 0.8 },
  { metric: 'specificity', at: 0.8 },
  { metric: 'balanced-accuracy' },
  { metric: 'brier' },
];
const named = measures.map((measure) => ({ measure, name: `${measure.metric} ${measure.range?.join('-') ?? ''}` }));

/** Probabilities with ties, of patients with one to three records, on a test and a validation part. */
const studies = fc
  .record({ seed: fc.nat(), patients: fc.integer({ min: 10, max: 30 }), levels: fc.integer({ min: 3, max: 60 }) })
  .map(({ seed, patients, levels }): PairedParts & { validation: PairedParts } => {
    const random = new Random(seed);
    const part = () => {
      const rows = Array.from({ length: patients }, (_, patient) =>
        Array.from({ length: 1 + random.int(3) }, () => ({ patient, label: patient % 2 })),
      ).flat();
      const scoring = () =>
        rows.map(({ label }) => Math.round(levels / (1 + Math.exp(-random.normal() - label))) / levels);
      return {
        labels: rows.map(({ label }) => label),
        patients: rows.map(({ patient }) => patient),
        arm: [scoring(), scoring()],
        control: [scoring(), scoring()],
      };
    };
    return { ...part(), validation: part() };
  });

describe.each(named)('the endpoint $name', ({ measure }) => {
  it('is what one pass over weighted records gives, which the bootstrap takes', () => {
    fc.assert(
      fc.property(studies, (study) => {
        const clusters = toClusters(study.patients, study.labels.length);
        const everybody = new Int32Array(clusters.count).fill(1);
        const [scores] = study.arm;
        const validation = study.validation;
        const found = measureScorings(
          measure,
          { labels: study.labels, patients: study.patients!, scores: [scores!] },
          { labels: validation.labels, patients: validation.patients!, scores: [validation.arm[0]!] },
        ).values[0]!;
        const threshold = chosen(measure, validation.labels as number[], validation.arm[0] as number[]);
        const weighted = new WeightedEndpoint(measure, checkTwoClasses(study.labels, scores!), clusters);
        expect(weighted.value(everybody, threshold)).toBeCloseTo(found, 10);
      }),
      { numRuns: 40 },
    );
  });

  it('moves with the weight of a patient as its parts say', () => {
    if (measure.metric === 'auroc') return;
    fc.assert(
      fc.property(studies, fc.nat(), (study, which) => {
        // Without ties: at the ends of a range a tied step has a derivative to either side.
        const distinct = Array.from(study.arm[0]!, (score, i) => (score + i * 1e-5) / 2);
        const checked = checkTwoClasses(study.labels, distinct);
        const records = study.labels.length;
        const clusters = toClusters(undefined, records);
        const threshold = 0.3;
        const weighted = new WeightedEndpoint(measure, checked, clusters);
        const at = (record: number, more: number) => {
          const weights = new Float64Array(records).fill(1);
          weights[record] = 1 + more;
          return weighted.value(weights, threshold);
        };
        // Two records of a class: the difference of their derivatives is that of their parts, which are centred by class.
        const rows = [...checked.labels.keys()].filter((row) => checked.labels[row] === which % 2);
        const [a, b] = [rows[which % rows.length]!, rows[(which + 1) % rows.length]!];
        const h = 1e-5;
        const slope = (row: number) => (at(row, h) - at(row, -h)) / (2 * h);
        const size = which % 2 === 1 ? checked.positives : checked.negatives;
        const { parts } = partsOf(measure, checked, threshold);
        expect(slope(a) - slope(b)).toBeCloseTo((parts[a]! - parts[b]!) / size, 4);
      }),
      { numRuns: 60 },
    );
  });

  it('turns its difference round where arm and control are swapped', () => {
    fc.assert(
      fc.property(studies, (study) => {
        const swapped = {
          ...{ ...study, arm: study.control, control: study.arm },
          validation: { ...study.validation, arm: study.validation.control, control: study.validation.arm },
        };
        const [one, other] = [compareEndpoint(study, measure), compareEndpoint(swapped, measure)];
        expect(one.difference).toBeCloseTo(-other.difference, 12);
        expect(one.interval.lower).toBeCloseTo(-other.interval.upper, 6);
        expect(one.p).toBeCloseTo(other.p, 6);
      }),
      { numRuns: 15 },
    );
  });

  it('has an interval that holds the difference, and a bootstrap that starts from it', () => {
    fc.assert(
      fc.property(studies, (study) => {
        const { difference, interval } = compareEndpoint(study, measure);
        expect(interval.lower).toBeLessThanOrEqual(difference);
        expect(interval.upper).toBeGreaterThanOrEqual(difference);
        const options = { random: new Random(1), resamples: 100 };
        expect(bootstrapEndpointDifference(study, measure, options).estimate).toBeCloseTo(difference, 10);
      }),
      { numRuns: 10 },
    );
  });
});

it('the AUROC is compared as `compareAuroc` does, to the last bit', () => {
  fc.assert(
    fc.property(studies, ({ validation: _, ...study }) => {
      expect(compareEndpoint(study, { metric: 'auroc' })).toEqual(compareAuroc(study));
    }),
    { numRuns: 20 },
  );
});

it('a threshold of weighted records is the one that is chosen without weights', () => {
  fc.assert(
    fc.property(studies, ({ labels, arm: [scores] }) => {
      const clusters = toClusters(undefined, labels.length);
      const everybody = new Int32Array(labels.length).fill(1);
      const weighted = new WeightedThreshold(checkTwoClasses(labels, scores!), clusters);
      const pairs = [
        [youdenUtility, youdenThreshold(labels, scores!)],
        [specificityUtility(0.9), specificityThreshold(labels, scores!, 0.9)],
        [sensitivityUtility(0.9), sensitivityThreshold(labels, scores!, 0.9)],
      ] as const;
      for (const [utility, { threshold }] of pairs) expect(weighted.choose(everybody, utility)).toBe(threshold);
    }),
    { numRuns: 60 },
  );
});

function chosen({ metric, at = 0 }: EndpointMeasure, labels: number[], scores: number[]): number {
  if (metric === 'sensitivity') return specificityThreshold(labels, scores, at).threshold;
  return metric === 'specificity'
    ? sensitivityThreshold(labels, scores, at).threshold
    : youdenThreshold(labels, scores).threshold;
}
