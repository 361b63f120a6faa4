import { describe, expect, it } from 'vitest';
import { repeatedSplits } from './repeated-splits.js';

const differences = [0.012, -0.004, 0.021, 0.008, 0.015, 0.002, 0.018, -0.001, 0.01, 0.006];

describe('repeated splits', () => {
  it('have the corrected variance of Nadeau and Bengio', () => {
    // By numpy and scipy: m = d.mean(); se = sqrt((1/10 + 200/800) * d.var(ddof=1)); p = 2 * t.sf(m / se, 9)
    const { mean, standardError, degreesOfFreedom, p, interval } = repeatedSplits(differences, {
      test: 200,
      training: 800,
    });
    expect(mean).toBeCloseTo(0.0087, 12);
    expect(standardError).toBeCloseTo(0.004822804624328508, 12);
    expect(degreesOfFreedom).toBe(9);
    expect(p).toBeCloseTo(0.10473709041547431, 9);
    expect((interval.upper - interval.lower) / 2 / standardError).toBeCloseTo(2.262157162798205, 9);
  });

  it('are wider than the splits taken for independent', () => {
    const { standardError } = repeatedSplits(differences, { test: 200, training: 800 });
    const { standardError: independent } = repeatedSplits(differences, { test: 1e-9, training: 800 });
    expect(standardError / independent).toBeCloseTo(Math.sqrt(3.5), 6);
  });

  it('need two splits that differ', () => {
    const code = expect.objectContaining({ code: 'CHROMARAY_EVIDENCE_TOO_FEW' });
    expect(() => repeatedSplits([0.1], { test: 1, training: 4 })).toThrow(code);
    expect(() => repeatedSplits([0.1, 0.1], { test: 1, training: 4 })).toThrow(code);
  });
});
