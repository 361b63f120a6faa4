import { Random } from '@chromaray/base';
import { describe, expect, it } from 'vitest';
import { expectAllClose, expectClose, reference } from '../../test/reference.test-support.js';
import { cohenKappa } from '../agreement/kappa.js';
import { f1OverSeeds } from '../seeds/ratio.js';
import { logisticCalibration } from './logistic.js';

interface Reference {
  patients: number[];
  labels: number[];
  probabilities: number[];
  /** Value, standard error, interval. */
  slope: [number, number, number, number];
  intercept: [number, number, number, number];
  calls: [number[], number[]];
  kappa: number;
  kappaStandardError: number;
  f1: number[];
}

const data = reference<Reference>('clusters');

describe('records of the same patient', () => {
  it("calibration slope and intercept have statsmodels' errors with cov_type='cluster'", () => {
    const { slope, intercept } = logisticCalibration(data.labels, data.probabilities, { patients: data.patients });
    const values = ({ value, standardError, interval }: NonNullable<typeof slope>) => [
      value,
      standardError,
      interval.lower,
      interval.upper,
    ];
    expectAllClose(values(slope!), data.slope);
    expectAllClose(values(intercept!), data.intercept);
  });

  it("kappa's error is that of the derivatives of the patients' weights", () => {
    const [first, second] = data.calls;
    const { kappa, interval } = cohenKappa(first, second, { patients: data.patients });
    expectClose(kappa, data.kappa, 1e-12);
    // Student's t with 59 degrees of freedom at 0.975, by scipy.
    expectClose((interval!.upper - interval!.lower) / 2 / 2.0009953780882674, data.kappaStandardError, 1e-6);
  });

  it('F1 agrees with scikit-learn', () => {
    expectAllClose(f1OverSeeds(data.labels, data.calls, { patients: data.patients }).perSeed, data.f1, 1e-12);
  });

  it.each(['slope', 'intercept', 'kappa', 'F1'] as const)(
    'four copies of each X-ray do not narrow the interval of %s',
    (measure) => {
      const random = new Random(measure);
      const once = Array.from({ length: 150 }, () => {
        const logit = random.normal();
        const positive = Number(random.float() < 1 / (1 + Math.exp(-logit)));
        return { positive, probability: 1 / (1 + Math.exp(-logit)), call: Number(logit + random.normal() > 0) };
      });
      const width = (copies: number): number => {
        const records = once.flatMap((record, patient) =>
          Array(copies).fill({ ...record, patient }),
        ) as ((typeof once)[number] & { patient: number })[];
        const labels = records.map(({ positive }) => positive);
        const calls = records.map(({ call }) => call);
        const patients = records.map(({ patient }) => patient);
        const calibration = () =>
          logisticCalibration(
            labels,
            records.map(({ probability }) => probability),
            { patients },
          );
        const interval = {
          slope: () => calibration().slope!.interval,
          intercept: () => calibration().intercept!.interval,
          kappa: () => cohenKappa(labels, calls, { patients }).interval!,
          F1: () => f1OverSeeds(labels, [calls], { patients }).interval,
        }[measure]();
        return interval.upper - interval.lower;
      };
      expect(width(4) / width(1)).toBeCloseTo(1, 2);
    },
  );

  it('intervals of slope and kappa hold the truth in 95 % of samples with four alike records a patient', () => {
    const random = new Random('coverage');
    const truth = kappaTruth();
    let slopes = 0;
    let kappas = 0;
    const samples = 400;
    for (let s = 0; s < samples; s++) {
      const rows = Array.from({ length: 80 }, (_, patient) => {
        const logit = 1.5 * random.normal();
        const record = { patient, logit, label: Number(random.float() < 1 / (1 + Math.exp(-logit))) };
        const latent = random.normal();
        const calls = [latent + random.normal() > 0, latent + random.normal() > 0].map(Number);
        return Array(4).fill({ ...record, calls }) as {
          patient: number;
          logit: number;
          label: number;
          calls: number[];
        }[];
      }).flat();
      const patients = rows.map(({ patient }) => patient);
      const { slope } = logisticCalibration(
        rows.map(({ label }) => label),
        rows.map(({ logit }) => 1 / (1 + Math.exp(-logit))),
        { patients },
      );
      if (slope!.interval.lower <= 1 && 1 <= slope!.interval.upper) slopes++;
      const { interval } = cohenKappa(
        rows.map(({ calls }) => calls[0]!),
        rows.map(({ calls }) => calls[1]!),
        { patients },
      );
      if (interval!.lower <= truth && truth <= interval!.upper) kappas++;
    }
    // Three Monte Carlo errors below 95 %; without patients it is below 72 %.
    for (const covered of [slopes, kappas]) expect(covered / samples).toBeGreaterThan(0.91);
  });

  /** P(both alike) of two normals with correlation 1/2 is 1/2 + asin(1/2)/π = 2/3; by chance 1/2. */
  function kappaTruth(): number {
    return (2 / 3 - 1 / 2) / (1 / 2);
  }

  it('agreement in all calls leaves room below kappa 1, by the number of patients', () => {
    const calls = [1, 0, 1, 0, 1, 0];
    const lower = (patients: number[]) => cohenKappa(calls, calls, { patients }).interval!.lower;
    expect(lower([1, 2, 3, 4, 5, 6])).toBeGreaterThan(lower([1, 2, 1, 2, 1, 2]));
    expect(lower([1, 2, 3, 4, 5, 6])).toBeLessThan(0.5);
  });
});
