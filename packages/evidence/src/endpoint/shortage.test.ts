import { describe, expect, it } from 'vitest';
import type { EndpointMeasure } from './measure.js';
import { endpointShortage } from './shortage.js';

const many = { positives: 500, negatives: 500 };
const study = (test: Partial<typeof many>, validation: Partial<typeof many> = {}) => ({
  test: { ...many, ...test },
  validation: { ...many, ...validation },
});

describe('an endpoint', () => {
  it.each<[string, EndpointMeasure, ReturnType<typeof study>, object]>([
    ['AUPRC, 9 positives', { metric: 'auprc' }, study({ positives: 9 }), { part: 'test', of: 'positives', needed: 10 }],
    ['Brier, 9 negatives', { metric: 'brier' }, study({ negatives: 9 }), { part: 'test', of: 'negatives', needed: 10 }],
    [
      'partial to 0.05, 39 negatives',
      { metric: 'partial-auroc', range: [0, 0.05] },
      study({ negatives: 39 }),
      { of: 'negatives', needed: 40, for: 'range' },
    ],
    [
      'sensitivity at 0.95, 39 negatives in validation',
      { metric: 'sensitivity', at: 0.95 },
      study({}, { negatives: 39 }),
      { part: 'validation', of: 'negatives', needed: 40, for: 'threshold' },
    ],
    [
      'specificity at 0.9, 19 positives in validation',
      { metric: 'specificity', at: 0.9 },
      study({}, { positives: 19 }),
      { part: 'validation', of: 'positives', needed: 20, for: 'threshold' },
    ],
    [
      'balanced accuracy, 9 negatives in validation',
      { metric: 'balanced-accuracy' },
      study({}, { negatives: 9 }),
      { part: 'validation', of: 'negatives', needed: 10 },
    ],
  ])('is refused where its interval would not hold: %s', (_, measure, patients, expected) => {
    expect(endpointShortage(measure, patients)).toMatchObject(expected);
    const { part, of, needed } = endpointShortage(measure, patients)!;
    const enough = { ...patients, [part]: { ...patients[part], [of]: needed } };
    expect(endpointShortage(measure, enough)).toBeNull();
  });

  it('needs no class that it does not measure, and the AUROC nothing', () => {
    expect(endpointShortage({ metric: 'sensitivity', at: 0.9 }, study({ negatives: 1 }, { positives: 1 }))).toBeNull();
    expect(endpointShortage({ metric: 'auroc' }, study({ positives: 2, negatives: 2 }))).toBeNull();
  });
});
