import { describe, expect, it } from 'vitest';
import { expectClose, reference } from '../../test/reference.test-support.js';
import { incompleteBeta } from './beta.js';
import { binomialCdf, binomialMass } from './binomial.js';
import { noncentralTTails } from './noncentral-t.js';
import { normalCdf, normalQuantile, normalTwoSidedP } from './normal.js';
import { studentCdf, studentQuantile, studentTwoSidedP } from './student-t.js';

type Row = number[];
const scipy = reference<Record<string, Row[]>>('distributions');

describe('distributions agree with scipy', () => {
  it('normal, far into the lower tail', () => {
    for (const [z, p] of scipy.normalCdf! as [number, number][]) expectClose(normalCdf(z), p, 1e-12);
    for (const [p, z] of scipy.normalQuantile! as [number, number][]) {
      if (p === 0.5) expect(Math.abs(normalQuantile(p))).toBeLessThan(1e-15);
      else expectClose(normalQuantile(p), z, 1e-12);
    }
  });

  it("Student's t, with whole and broken degrees of freedom", () => {
    for (const [t, df, p] of scipy.studentCdf! as [number, number, number][]) expectClose(studentCdf(t, df), p, 1e-10);
    for (const [p, df, t] of scipy.studentQuantile! as [number, number, number][]) {
      if (p === 0.5) expect(studentQuantile(p, df)).toBe(0);
      else expectClose(studentQuantile(p, df), t, 1e-9);
    }
  });

  it('incomplete beta, with parameters up to half a million', () => {
    for (const [a, b, x, value] of scipy.incompleteBeta! as [number, number, number, number][]) {
      expectClose(incompleteBeta(a, b, x), value, 1e-10);
    }
  });

  it('binomial, up to a million draws', () => {
    for (const [k, n, p, mass, cumulative] of scipy.binomial! as [number, number, number, number, number][]) {
      expectClose(binomialMass(k, n, p), mass, 1e-11);
      expectClose(binomialCdf(k, n, p), cumulative, 1e-10);
    }
  });

  it('noncentral t tails', () => {
    for (const [critical, df, shift, tails] of scipy.noncentralTTails! as [number, number, number, number][]) {
      expect(Math.abs(noncentralTTails(critical, df, shift) - tails)).toBeLessThan(1e-8);
    }
  });
});

describe('distributions at their limits', () => {
  it('t with infinite degrees of freedom is normal', () => {
    expect(studentTwoSidedP(1.7, Number.POSITIVE_INFINITY)).toBeCloseTo(normalTwoSidedP(1.7), 14);
    expect(studentTwoSidedP(Number.POSITIVE_INFINITY, 3)).toBe(0);
  });

  it('refuses values outside their range', () => {
    expect(() => normalQuantile(0)).toThrow(expect.objectContaining({ code: 'CHROMARAY_EVIDENCE_ARGUMENT' }));
    expect(() => studentCdf(1, 0)).toThrow(expect.objectContaining({ code: 'CHROMARAY_EVIDENCE_ARGUMENT' }));
    expect(() => incompleteBeta(1, 1, Number.NaN)).toThrow(/quantile/);
    expect(() => binomialMass(1, 2.5, 0.5)).toThrow(/draws/);
  });
});
