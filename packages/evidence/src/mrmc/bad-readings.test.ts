import { describe, expect, it } from 'vitest';
import { analysedTable } from './analysed-table.js';
import { requireScale } from './check-readings.js';
import { analyseArms } from './compare-arms.js';
import type { Reading } from './readings.js';
import { simulated } from './simulated-readings.test-support.js';

const random = { readers: 'random', cases: 'random' } as const;
const readings = simulated.two;
const first = readings[0]!;
const analyse = (list: readonly Reading[]) =>
  analyseArms(analysedTable(list, random), 'a1', {
    merit: { of: 'auc' },
    covariance: 'jackknife',
    generality: random,
  });
const fault = (code: string, message: string) =>
  expect.objectContaining({
    code: `CHROMARAY_MRMC_${code}`,
    message: expect.stringContaining(message),
    remedy: expect.stringMatching(/\S/),
  });

describe('readings that no analysis can be made of', () => {
  it.each([
    ['no readings', [], 'TOO_FEW', 'no readings'],
    ['a rating that is no number', [{ ...first, rating: Number.NaN }, ...readings.slice(1)], 'RATING', 'is NaN'],
    ['a reading given twice', [...readings, { ...first, rating: 7 }], 'DUPLICATE', 'twice: 40 and 7'],
    ['a case of two truths', [{ ...first, truth: 0 }, ...readings.slice(1)], 'TRUTH', 'positive in one reading'],
    ['a truth that is neither', [{ ...first, truth: 2 as 1 }], 'TRUTH', 'is 2'],
    ['one class', readings.filter(({ truth }) => truth === 1), 'ONE_CLASS', 'All 18 cases are positive'],
    ['one arm', readings.filter(({ treatment }) => treatment === 'a1'), 'ONE_ARM', 'one arm, a1'],
    ['one reader', readings.filter(({ reader }) => reader === 'r2'), 'ONE_READER', 'one reader, r2'],
    [
      'an arm of one reader',
      readings.filter(({ reader, treatment }) => treatment === 'a1' || reader === 'r3'),
      'ARM_OF_ONE_READER',
      'Arm a2 was read by one reader alone, r3',
    ],
    [
      'readers nested in arms',
      readings.filter(({ reader, treatment }) => (treatment === 'a1') === reader < 'r3'),
      'DESIGN',
      '5 of 5 readers did not read in every arm; r1 read nothing in a2',
    ],
    ['ties everywhere', readings.map((reading) => ({ ...reading, rating: 50 })), 'TIES', 'the same rating'],
    [
      'a cell with one positive case',
      readings.filter((one) => one.reader !== 'r4' || one.truth === 0 || one.case === first.case),
      'TOO_FEW',
      'Reader r4 has read 1 positive case in arm a1',
    ],
  ] as const)('%s', (_, list, code, message) => {
    expect(() => analyse(list)).toThrow(fault(code, message));
  });

  it('a rating outside the declared scale', () => {
    const outside = [{ ...first, rating: 101 }, { ...readings[1]!, rating: -1 }, ...readings.slice(2)];
    expect(() => requireScale(outside, { least: 0, most: 100 })).toThrow(fault('SCALE', '2 ratings are'));
    expect(() => requireScale(readings, { least: 0, most: 100 })).not.toThrow();
  });
});

describe('readings that are not all there', () => {
  it('a reader without an arm is left out and named', () => {
    const found = analysedTable(
      readings.filter(({ reader, treatment }) => reader !== 'r5' || treatment === 'a1'),
      random,
    );
    expect(found.withoutAnArm).toEqual([{ reader: 'r5', treatments: ['a2'] }]);
    expect(found.table.readers).toEqual(['r1', 'r2', 'r3', 'r4']);
    expect(found.missing).toBe(0);
  });

  it('a reader who stopped half-way counts with what there is', () => {
    const late = new Set(
      readings
        .slice(0, 40)
        .map((one) => one.case)
        .filter((_, k) => k % 2 === 0),
    );
    const left = readings.filter(({ reader, case: name }) => reader !== 'r5' || !late.has(name));
    const found = analysedTable(left, random);
    expect(found.design).toMatchObject({ kind: 'crossed', expected: 400, missing: 40 });
    expect(analyse(left).comparisons[0]!.p).toBeGreaterThan(0);
    expect(analysedTable(left, random, 'complete').table.cases).toHaveLength(20);
  });

  it('one reader who gives every case the same rating has an area of 0.5; the others count', () => {
    const dull = readings.map((one) => (one.reader === 'r1' ? { ...one, rating: 50 } : one));
    expect(analyse(dull).arms[0]!.perReader[0]!.value).toBe(0.5);
  });

  it('one reader can be analysed as fixed', () => {
    const generality = { readers: 'fixed', cases: 'random' } as const;
    const one = analysedTable(
      readings.filter(({ reader }) => reader === 'r2'),
      generality,
    );
    const method = { merit: { of: 'auc' }, covariance: 'delong', generality } as const;
    const [comparison] = analyseArms(one, 'a1', method).comparisons;
    expect(comparison!.degreesOfFreedom).toBe(Number.POSITIVE_INFINITY);
    expect(comparison!.p).toBeGreaterThan(0);
  });
});

describe('readings of which rounding alone varies', () => {
  // Both readers gain exactly as much, though their areas differ: the rest of 1e-17 is no mean square.
  const orders: readonly (readonly [reader: string, arm: string, order: readonly number[]])[] = [
    ['r0', 'a1', [0, 1, 2, 3, 4, 5, 6, 7, 8, 9]],
    ['r0', 'a2', [0, 1, 2, 3, 4, 5, 6, 7, 9, 8]],
    ['r1', 'a1', [1, 0, 3, 2, 4, 5, 7, 6, 8, 9]],
    ['r1', 'a2', [1, 0, 3, 2, 4, 5, 7, 6, 9, 8]],
  ];
  const equalGains = orders.flatMap(([reader, treatment, order]) =>
    order.map((name, rating): Reading => ({ reader, treatment, case: `c${name}`, truth: (name % 2) as 0 | 1, rating })),
  );

  it.each(['jackknife', 'delong', 'unbiased'] as const)('are no evidence of a difference: %s', (covariance) => {
    const method = { merit: { of: 'auc' }, covariance, generality: random } as const;
    const { components, comparisons } = analyseArms(analysedTable(equalGains, random), 'a1', method);
    expect(components.msTR).toBe(0);
    expect(comparisons[0]!.difference).toBeCloseTo(-0.04, 12);
    expect(comparisons[0]!.p).toBeGreaterThan(0.05);
  });

  it('are none for fixed readers of identical arms either', () => {
    const same = equalGains.filter(({ treatment }) => treatment === 'a1');
    const twice = [...same, ...same.map((one) => ({ ...one, treatment: 'a2' }))];
    const generality = { readers: 'fixed', cases: 'random' } as const;
    const method = { merit: { of: 'auc' }, covariance: 'jackknife', generality } as const;
    const [comparison] = analyseArms(analysedTable(twice, generality), 'a1', method).comparisons;
    expect(comparison).toMatchObject({ difference: 0, standardError: 0, p: 1 });
  });
});
