/**
 * A proof must be able to fail. The harness is calibrated with faults planted in its analysis, one at a time: each must
 * break a limit. Without a fault, none is broken.
 */
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { BrokenLimit } from './limits.js';
import { aaSeries, plantedSeries } from './series.js';

const evidence = '../../../evidence/src';

type Modules = Readonly<Record<string, (original: never) => object>>;

/** Runs the named series with modules of evidence replaced. */
async function calibrated(
  names: readonly string[],
  studies: number,
  replaced: Modules,
): Promise<readonly BrokenLimit[]> {
  vi.resetModules();
  for (const [module, change] of Object.entries(replaced)) {
    vi.doMock(`${evidence}/${module}`, async (original) => {
      const whole = (await original()) as never;
      return { ...(whole as object), ...change(whole) };
    });
  }
  const { calibrate } = await import('./calibrate.js');
  const series = [...aaSeries, ...plantedSeries].filter(({ name }) => names.includes(name));
  expect(series).toHaveLength(names.length);
  const { broken, passed } = await calibrate({ studies, trained: 0, series });
  expect(passed).toBe(broken.length === 0);
  return broken;
}

afterEach(() => {
  for (const { modules } of faults) for (const module of Object.keys(modules)) vi.doUnmock(`${evidence}/${module}`);
  vi.resetModules();
});

interface Fault {
  readonly name: string;
  readonly series: string;
  /** 400 by default. */
  readonly studies?: number;
  readonly modules: Modules;
}

type Clusters = typeof import('../../../evidence/src/input/clusters.js');
type Summary = typeof import('../../../evidence/src/seeds/summary.js');
type Variance = typeof import('../../../evidence/src/seeds/variance.js');
type StudentT = typeof import('../../../evidence/src/distributions/student-t.js');
type Difference = typeof import('../../../evidence/src/seeds/difference.js');

const varying = 'A/A, 2 seeds that vary far more than patients';

const faults: readonly Fault[] = [
  {
    name: 'records of a patient taken for independent',
    series: 'A/A, up to 12 X-rays a patient',
    modules: {
      'input/clusters.js': ({ toClusters }: Clusters) => ({
        toClusters: (_: unknown, records: number) => toClusters(undefined, records),
      }),
    },
  },
  {
    name: 'the variance of seeds divided by k instead of k - 1',
    series: varying,
    modules: {
      'seeds/summary.js': ({ varianceOf }: Summary) => ({
        varianceOf: (values: ArrayLike<number>) => (varianceOf(values) * (values.length - 1)) / values.length,
      }),
    },
  },
  {
    name: "the normal distribution instead of Student's t",
    series: varying,
    modules: {
      'distributions/student-t.js': ({ studentQuantile, studentTwoSidedP, studentCdf }: StudentT) => ({
        studentQuantile: (p: number) => studentQuantile(p, Number.POSITIVE_INFINITY),
        studentTwoSidedP: (t: number) => studentTwoSidedP(t, Number.POSITIVE_INFINITY),
        studentCdf: (t: number) => studentCdf(t, Number.POSITIVE_INFINITY),
      }),
    },
  },
  {
    name: 'no lower limit to the variance of seeds',
    series: 'A/A, 2 seeds that differ by their X-rays alone',
    // The least of these faults: it only makes the analysis less cautious than it means to be.
    studies: 1500,
    modules: {
      'seeds/variance.js': ({ seedsAndPatients }: Variance) => ({
        seedsAndPatients: (...[perSeed, covariance, degrees, spread]: Parameters<typeof seedsAndPatients>) => {
          const k = perSeed.length;
          const others = covariance.flatMap((row, a) => row.filter((_, b) => a !== b));
          const shared = others.reduce((sum, value) => sum + value, 0) / others.length;
          const flat = covariance.map((row) => row.map(() => shared));
          return seedsAndPatients(perSeed, k === 1 ? covariance : flat, degrees, spread);
        },
      }),
    },
  },
  {
    name: "the control's seeds forgotten",
    series: varying,
    modules: {
      'seeds/difference.js': ({ compareMeans }: Difference) => ({
        compareMeans: (...[values, level]: Parameters<typeof compareMeans>) => {
          const mean = values.control.reduce((sum, value) => sum + value, 0) / values.control.length;
          return compareMeans({ ...values, control: values.control.map(() => mean) }, level);
        },
      }),
    },
  },
  {
    name: 'no correction for several arms',
    series: 'A/A, six arms, Holm',
    modules: {
      'multiple/correction.js': ({
        correctComparisons,
      }: typeof import('../../../evidence/src/multiple/correction.js')) => ({
        correctComparisons: (p: readonly number[], _: unknown, alpha: number) => correctComparisons(p, 'none', alpha),
      }),
    },
  },
];

describe('the calibration of the harness', () => {
  it.each(faults)('finds the fault: $name', async ({ series, studies = 400, modules }) => {
    const broken = await calibrated([series], studies, modules);
    expect(broken.map((limit) => limit.series)).toContain(series);
  });

  it.each([...new Map(faults.map(({ series, studies = 400 }) => [series, studies]))])(
    'finds none where there is none: %s, %i studies',
    async (series, studies) => {
      expect(await calibrated([series], studies, {})).toEqual([]);
    },
  );

  it('finds none in a shortened run of every series', async () => {
    const names = [...aaSeries, ...plantedSeries].map(({ name }) => name);
    expect(await calibrated(names, 40, {})).toEqual([]);
  });
});
