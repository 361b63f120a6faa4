/**
 * A proof must be able to fail. Faults are planted in the analysis of readers, one at a time: each must be found by the values
 * that base R computed, by the error rates on Roe and Metz's model, or by both. docs/reader-studies.md has the table.
 */
import { Random } from '@chromaray/base';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { caseCorrelations, separationFor } from './roe-metz.js';
import { recorded, simulated } from './simulated-readings.test-support.js';

type Modules = Readonly<Record<string, (original: never) => object>>;
type Hillis = typeof import('./hillis.js');
type ErrorTerms = typeof import('./error-term.js');
type Covariance = typeof import('./covariance.js');
type Placement = typeof import('../roc/placement.js');

interface Fault {
  readonly name: string;
  readonly modules: Modules;
  /** Whether the recorded values find it, and what the simulation finds. */
  readonly values: boolean;
  readonly rates: 'too many' | 'too few' | 'within limits';
}

const faults: readonly Fault[] = [
  { name: 'no fault', modules: {}, values: false, rates: 'within limits' },
  {
    name: "the mean square's degrees of freedom instead of Hillis's",
    modules: {
      './hillis.js': (_: Hillis) => ({ hillisDegrees: (_m: number, _a: number, degrees: number) => degrees }),
    },
    values: true,
    rates: 'within limits',
  },
  {
    name: 'infinite degrees of freedom',
    modules: { './hillis.js': (_: Hillis) => ({ hillisDegrees: () => Number.POSITIVE_INFINITY }) },
    values: true,
    rates: 'too many',
  },
  {
    name: 'no lower limit to Cov2 - Cov3',
    modules: { './hillis.js': (_: Hillis) => ({ excessCovariance: (cov2: number, cov3: number) => cov2 - cov3 }) },
    values: true,
    rates: 'within limits',
  },
  {
    name: 'Cov2 and Cov3 exchanged',
    modules: {
      './hillis.js': ({ excessCovariance }: Hillis) => ({
        excessCovariance: (cov2: number, cov3: number) => excessCovariance(cov3, cov2),
      }),
    },
    values: true,
    rates: 'too many',
  },
  {
    name: 'readers nested in arms, as the seeds of networks are',
    modules: {
      './error-term.js': ({ errorTerm }: ErrorTerms) => ({
        errorTerm: (components: Parameters<typeof errorTerm>[0], generality: Parameters<typeof errorTerm>[1]) => {
          const { perTreatment, readers } = components;
          const within = perTreatment.reduce((sum, { msR }) => sum + msR, 0) / perTreatment.length;
          const added = readers * Math.max(components.cov2 - components.cov3, 0);
          const degrees = perTreatment.length * (readers - 1);
          return generality.readers === 'fixed'
            ? errorTerm(components, generality)
            : { meanSquare: within + added, degreesOfFreedom: ((within + added) / within) ** 2 * degrees };
        },
      }),
    },
    values: true,
    rates: 'too few',
  },
  {
    name: 'readers taken for fixed',
    modules: {
      './error-term.js': ({ errorTerm }: ErrorTerms) => ({
        errorTerm: (components: never) => errorTerm(components, { readers: 'fixed', cases: 'random' }),
      }),
    },
    values: true,
    rates: 'too many',
  },
  {
    name: 'cases taken for fixed',
    modules: {
      './error-term.js': ({ errorTerm }: ErrorTerms) => ({
        errorTerm: (components: never) => errorTerm(components, { readers: 'random', cases: 'fixed' }),
      }),
    },
    values: true,
    rates: 'too many',
  },
  {
    name: 'the jackknife without (N - 1)/N',
    modules: {
      './covariance.js': ({ cellCovariances }: Covariance) => ({
        cellCovariances: (...args: Parameters<typeof cellCovariances>) =>
          cellCovariances(...args).map((row) => row.map((value) => (value * args[2]) / (args[2] - 1))),
      }),
    },
    values: true,
    rates: 'within limits',
  },
  {
    name: 'ties counted as losses',
    modules: {
      '../roc/placement.js': ({ placementsOf }: Placement) => ({
        placementsOf: (checked: Parameters<typeof placementsOf>[0]) =>
          placementsOf({
            ...checked,
            scores: checked.scores.map((score, k) => score + (checked.labels[k] === 1 ? 0 : 1e-9)),
          }),
      }),
    },
    values: true,
    rates: 'within limits',
  },
];

afterEach(() => {
  for (const { modules } of faults) for (const module of Object.keys(modules)) vi.doUnmock(module);
  vi.resetModules();
});

function plant(modules: Modules): void {
  vi.resetModules();
  for (const [module, change] of Object.entries(modules)) {
    vi.doMock(module, async (original) => {
      const whole = (await original()) as never;
      return { ...(whole as object), ...change(whole) };
    });
  }
}

/** Whether some value differs from base R's. */
async function differs(): Promise<boolean> {
  const { mrmcComponents } = await import('./components.js');
  const { mrmcTest } = await import('./obuchowski-rockette.js');
  const { readerTable } = await import('./readings.js');
  const random = { readers: 'random', cases: 'random' } as const;
  return (
    [
      [{ of: 'auc' }, 'jackknife', recorded.expected.two.jackknife],
      [{ of: 'specificity', cut: 50 }, 'jackknife', recorded.expected.two.specificity],
    ] as const
  ).some(([merit, method, expected]) => {
    const components = mrmcComponents(readerTable(simulated.two), merit, method);
    const found = mrmcTest(components, random)!;
    const pairs = [
      [found.f, expected.f],
      [found.degreesOfFreedom, expected.df],
      [found.p, expected.p],
      [components.variance, expected.variance],
    ] as const;
    return pairs.some(([value, wanted]) => !(Math.abs(value - wanted) <= 1e-9 * Math.abs(wanted)));
  });
}

const studies = 500;
/** Half the width of the 99.5 % interval of a rate of 5 %. */
const slack = 2.807 * Math.sqrt((0.05 * 0.95) / studies);

/** Type I errors where readers respond differently to arms, where cases matter, and where readers differ in skill alone. */
async function rates(): Promise<Fault['rates']> {
  const { measureReaderErrors } = await import('./measure-reader-errors.js');
  const found = [
    { reader: 0.06, armReader: 0.06, readers: 3, cases: 100, correlation: 'low' },
    { reader: 0.002, armReader: 0.002, readers: 6, cases: 60, correlation: 'high' },
    { reader: 0.4, armReader: 0, readers: 5, cases: 100, correlation: 'low' },
  ].map(({ reader, armReader, readers, cases, correlation }) => {
    const own = { reader, armReader };
    const separation = separationFor(0.85, own);
    const model = {
      ...own,
      ...caseCorrelations[correlation as 'high' | 'low'],
      ...{ readers, positives: cases / 2, negatives: cases / 2, separations: [separation, separation] },
    };
    return measureReaderErrors(model, studies, new Random(`mutations ${reader}`)).significant.rate;
  });
  if (Math.max(...found) > 0.07 + slack) return 'too many';
  return Math.min(...found) < 0.03 - slack ? 'too few' : 'within limits';
}

describe('faults planted in the analysis of readers', () => {
  it.each(faults)('$name', async ({ name, modules, values, rates: expected }) => {
    plant(modules);
    const found = { values: await differs(), rates: await rates() };
    expect(found).toEqual({ values, rates: expected });
    if (name !== 'no fault') expect(found.values || found.rates !== 'within limits').toBe(true);
  });
});
