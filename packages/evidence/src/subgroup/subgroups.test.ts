import { describe, expect, it } from 'vitest';
import { auroc } from '../roc/auroc.js';
import { subgroups } from './subgroups.js';

const labels = [1, 1, 1, 1, 0, 0, 0, 0];
const scores = [0.9, 0.8, 0.4, 0.35, 0.5, 0.3, 0.2, 0.1];
const groups = ['bacterial', 'bacterial', 'viral', 'viral', 'normal', 'normal', 'normal', null];

describe('subgroups', () => {
  it('of positives only are set against all negatives', () => {
    const [bacterial, , viral] = subgroups(labels, scores, groups, { threshold: 0.45 });
    expect(bacterial).toMatchObject({ group: 'bacterial', records: 2, positives: 2, against: 'all negatives' });
    expect(bacterial!.auroc!.auroc).toBe(1);
    expect(viral!.auroc!.auroc).toBe(auroc([1, 1, 0, 0, 0, 0], [0.4, 0.35, 0.5, 0.3, 0.2, 0.1]));
    expect(viral!.auroc!.negatives).toBe(4);
    expect(viral!.rates.sensitivity).toMatchObject({ value: 0, n: 2 });
    expect(viral!.rates.specificity.value).toBeNull();
  });

  it('too small for a variance have counts and no AUROC', () => {
    const patients = ['a', 'a', 'a', 'a', 'b', 'c', 'd', 'e'];
    const [bacterial] = subgroups(labels, scores, groups, { threshold: 0.45, patients });
    expect(bacterial).toMatchObject({ patients: 1, auroc: null });
  });

  it('need one group for each record', () => {
    expect(() => subgroups(labels, scores, ['x'], { threshold: 0.5 })).toThrow(
      expect.objectContaining({ code: 'CHROMARAY_EVIDENCE_LENGTH' }),
    );
  });
});
