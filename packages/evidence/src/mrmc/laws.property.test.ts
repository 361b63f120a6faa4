import { Random } from '@chromaray/base';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { analysedTable } from './analysed-table.js';
import { analyseArms, type MrmcMethod } from './compare-arms.js';
import { dbmTest } from './dbm.js';
import type { Reading } from './readings.js';
import { readerTable } from './readings.js';

/** Studies of two to three arms and two to five readers, with many ties. */
const studies = fc
  .record({
    seed: fc.nat(),
    arms: fc.integer({ min: 2, max: 3 }),
    readers: fc.integer({ min: 2, max: 5 }),
    cases: fc.integer({ min: 8, max: 30 }),
    levels: fc.integer({ min: 2, max: 40 }),
  })
  .map(({ seed, arms, readers, cases, levels }) => {
    const random = new Random(seed);
    const shared = Array.from({ length: cases }, () => random.normal());
    const readings: Reading[] = [];
    for (let i = 0; i < arms; i++) {
      for (let j = 0; j < readers; j++) {
        for (let k = 0; k < cases; k++) {
          const truth = (k % 2) as 0 | 1;
          const rating = Math.round((truth + shared[k]! + random.normal()) * levels) / levels;
          readings.push({ reader: `r${j}`, treatment: `a${i}`, case: `c${k}`, truth, rating });
        }
      }
    }
    return readings;
  });

const methods = fc.constantFrom(
  ...(['jackknife', 'delong', 'unbiased'] as const).map(
    (covariance): MrmcMethod => ({
      merit: { of: 'auc' },
      covariance,
      generality: { readers: 'random', cases: 'random' },
    }),
  ),
);

function analyse(readings: readonly Reading[], method: MrmcMethod, control = 'a0') {
  return analyseArms(analysedTable(readings, method.generality), control, method);
}

const runs = { numRuns: 40 };

describe('laws of reader studies', () => {
  it('the order of readings changes nothing', () => {
    fc.assert(
      fc.property(studies, methods, fc.nat(), (readings, method, seed) => {
        const order = new Random(seed).permutation(readings.length);
        const moved = Array.from(order, (from) => readings[from]!);
        expect(analyse(moved, method)).toEqual(analyse(readings, method));
      }),
      runs,
    );
  });

  it('other names of readers, cases and arms change nothing but their order', () => {
    fc.assert(
      fc.property(studies, methods, fc.nat(), (readings, method, seed) => {
        const random = new Random(seed);
        const renamed = (of: (reading: Reading) => string): ReadonlyMap<string, string> => {
          const names = [...new Set(readings.map(of))];
          const order = random.permutation(names.length);
          return new Map(names.map((name, i) => [name, `n${String(order[i]).padStart(3, '0')}`]));
        };
        const reader = renamed((one) => one.reader);
        const name = renamed((one) => one.case);
        const arm = renamed((one) => one.treatment);
        const other = readings.map((one) => ({
          ...one,
          reader: reader.get(one.reader)!,
          case: name.get(one.case)!,
          treatment: arm.get(one.treatment)!,
        }));
        const [there, back] = [analyse(readings, method), analyse(other, method, arm.get('a0')!)];
        expect(back.overall?.p ?? null).toEqual(there.overall === null ? null : expect.closeTo(there.overall.p, 9));
        for (const { arm: own, difference, p } of there.comparisons) {
          const match = back.comparisons.find((one) => one.arm === arm.get(own))!;
          expect(match.difference).toBeCloseTo(difference, 12);
          expect(match.p).toBeCloseTo(p, 9);
        }
      }),
      runs,
    );
  });

  it('a rising map of the ratings changes nothing', () => {
    fc.assert(
      fc.property(studies, methods, (readings, method) => {
        const mapped = readings.map((one) => ({ ...one, rating: Math.atan(one.rating) * 1e6 + 7 }));
        expect(analyse(mapped, method)).toEqual(analyse(readings, method));
      }),
      runs,
    );
  });

  it('swapped truth turns every area and difference round, and leaves p as it is', () => {
    fc.assert(
      fc.property(studies, methods, (readings, method) => {
        const swapped = readings.map((one) => ({ ...one, truth: (1 - one.truth) as 0 | 1 }));
        const [there, back] = [analyse(readings, method), analyse(swapped, method)];
        there.arms.forEach(({ mean }, i) => {
          expect(back.arms[i]!.mean).toBeCloseTo(1 - mean, 12);
        });
        there.comparisons.forEach(({ difference, p }, i) => {
          expect(back.comparisons[i]!.difference).toBeCloseTo(-difference, 12);
          expect(back.comparisons[i]!.p).toBeCloseTo(p, 8);
        });
      }),
      runs,
    );
  });

  it('swapped arms turn the difference round', () => {
    fc.assert(
      fc.property(studies, methods, (readings, method) => {
        const [there] = analyse(readings, method, 'a0').comparisons;
        const back = analyse(readings, method, 'a1').comparisons.find(({ arm }) => arm === 'a0')!;
        expect(back.difference).toBeCloseTo(-there!.difference, 12);
        expect(back.p).toBeCloseTo(there!.p, 9);
        expect(back.interval.lower).toBeCloseTo(-there!.interval.upper, 12);
      }),
      runs,
    );
  });

  it('identical arms do not differ, which is shown only as far as the cases go', () => {
    fc.assert(
      fc.property(studies, methods, (readings, method) => {
        const first = readings.filter(({ treatment }) => treatment === 'a0');
        const twice = [...first, ...first.map((one) => ({ ...one, treatment: 'a1' }))];
        const { comparisons, overall } = analyse(twice, method);
        const [{ difference, p, interval }] = comparisons as [(typeof comparisons)[number]];
        expect(Math.abs(difference)).toBeLessThan(1e-12);
        expect(p).toBe(1);
        expect(overall === null || overall.f < 1e-9).toBe(true);
        expect(interval.lower).toBeLessThan(0);
        expect(interval.upper).toBeGreaterThan(0);
      }),
      runs,
    );
  });

  it('intervals hold their estimates, and agree with p', () => {
    fc.assert(
      fc.property(studies, methods, (readings, method) => {
        const { comparisons, arms } = analyse(readings, method);
        for (const { difference, interval, p } of comparisons) {
          expect(interval.lower).toBeLessThanOrEqual(difference);
          expect(interval.upper).toBeGreaterThanOrEqual(difference);
          if (Math.abs(p - 0.05) > 1e-9) expect(interval.lower > 0 || interval.upper < 0).toBe(p < 0.05);
        }
        for (const { mean, interval } of arms) {
          expect(interval!.lower).toBeGreaterThanOrEqual(0);
          expect(interval!.upper).toBeLessThanOrEqual(1);
          expect(interval!.lower).toBeLessThanOrEqual(mean);
          expect(interval!.upper).toBeGreaterThanOrEqual(mean);
        }
      }),
      runs,
    );
  });

  it('Dorfman, Berbaum and Metz give what Obuchowski and Rockette give with the jackknife', () => {
    fc.assert(
      fc.property(studies, (readings) => {
        const { overall } = analyse(readings, {
          merit: { of: 'auc' },
          covariance: 'jackknife',
          generality: { readers: 'random', cases: 'random' },
        });
        const dbm = dbmTest(readerTable(readings), { of: 'auc' });
        fc.pre(overall !== null);
        expect(Math.abs(dbm!.f - overall!.f)).toBeLessThan(1e-6 * (1 + overall!.f));
        expect(dbm!.p).toBeCloseTo(overall!.p, 6);
      }),
      runs,
    );
  });

  it('a few missing readings are counted, and move the answer little', () => {
    fc.assert(
      fc.property(studies, fc.nat(), (readings, seed) => {
        const arms = new Set(readings.map(({ treatment }) => treatment)).size;
        const readers = new Set(readings.map(({ reader }) => reader)).size;
        const random = new Random(seed);
        const gone = new Set([random.int(readings.length), random.int(readings.length)]);
        const left = readings.filter((_, i) => !gone.has(i));
        const generality = { readers: 'random', cases: 'random' } as const;
        const found = analysedTable(left, generality);
        const cases = new Set(left.map((one) => one.case)).size;
        fc.pre(cases * arms * readers === readings.length);
        expect(found.design.kind).toBe('crossed');
        expect(found.missing).toBe(gone.size);
        expect(found.incomplete.length).toBe(new Set([...gone].map((i) => readings[i]!.case)).size);
        const complete = analysedTable(left, generality, 'complete');
        expect(complete.table.cases).toHaveLength(cases - found.incomplete.length);
        expect(complete.missing).toBe(gone.size);
      }),
      runs,
    );
  });
});
