import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mcNemar } from './mcnemar.js';
import { signFlipP } from './sign-flip.js';

/** All signs, one after the other. */
function byEnumeration(values: readonly number[]): number {
  const sum = Math.abs(values.reduce((total, value) => total + value, 0));
  let beyond = 0;
  for (let signs = 0; signs < 2 ** values.length; signs++) {
    const flipped = values.reduce((total, value, i) => total + ((signs >> i) & 1 ? value : -value), 0);
    if (Math.abs(flipped) >= sum) beyond++;
  }
  return beyond / 2 ** values.length;
}

describe('the exact test of errors by patient', () => {
  it('is what counting all signs gives', () => {
    const values = fc.array(fc.integer({ min: -4, max: 4 }).filter(Boolean), { minLength: 1, maxLength: 10 });
    fc.assert(
      fc.property(values, (some) => {
        expect(signFlipP(some).p).toBeCloseTo(byEnumeration(some), 12);
      }),
      { numRuns: 60 },
    );
  });

  it("is McNemar's where every patient has one record", () => {
    const arm = [1, 1, 1, 0, 1, 0, 1, 1, 0, 1];
    const control = [0, 1, 0, 1, 0, 0, 0, 1, 0, 0];
    const plain = mcNemar(arm, control);
    const surplus = arm.map((right, i) => right - control[i]!).filter(Boolean);
    expect(signFlipP(surplus).p).toBeCloseTo(plain.p, 12);
    expect(signFlipP(surplus).midP).toBeCloseTo(plain.midP, 12);
    expect(
      mcNemar(
        arm,
        control,
        arm.map((_, i) => `p${i}`),
      ),
    ).toEqual(plain);
  });

  it('copies of an X-ray add nothing', () => {
    const arm = [1, 1, 1, 1, 1, 1];
    const control = [0, 0, 0, 0, 0, 0];
    const copied = (values: number[]) => values.flatMap((value) => [value, value, value]);
    const patients = copied(arm.map((_, i) => i));
    expect(mcNemar(copied(arm), copied(control), patients).p).toBeCloseTo(mcNemar(arm, control).p, 12);
    expect(mcNemar(copied(arm), copied(control)).p).toBeLessThan(0.001);
  });

  it('falls back on the normal distribution where exact counting would take too long', () => {
    const many = Array.from({ length: 6000 }, (_, i) => (i % 3 === 0 ? -1 : 1));
    expect(signFlipP(many.slice(0, 4000)).p).toBeLessThan(1e-12);
    expect(signFlipP(many).p).toBeLessThan(1e-12);
    expect(signFlipP([]).p).toBe(1);
  });
});
