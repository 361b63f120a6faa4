import type { ReaderAnalysis, ReaderProtocol } from '@chromaray/contracts';

/** A protocol that was kept. */
export const keptProtocol: ReaderProtocol = {
  registered: '2026-03-01T08:00:00Z',
  firstReading: '2026-03-02T09:00:00Z',
  lastReading: '2026-04-20T15:00:00Z',
  planHash: 'c0ffee',
  amendedAfterReadings: [],
  washout: { plannedDays: 28, shortestDays: 30, broken: [] },
  trainingCases: 10,
  sessions: 3,
  deviations: [],
};

const readers = ['anna', 'bela', 'chen', 'dora', 'emil'];

function arm(name: string, control: boolean, mean: number): ReaderAnalysis['arms'][number] {
  return {
    arm: name,
    control,
    mean,
    interval: [mean - 0.05, mean + 0.04],
    degreesOfFreedom: 12.3,
    perReader: readers.map((reader, i) => {
      const value = mean + 0.01 * (i - 2);
      return {
        reader,
        value,
        interval: [value - 0.07, value + 0.06],
        roc: Array.from({ length: 21 }, (_, k) => [k / 20, (k / 20) ** ((1 - value) / value)] as const),
      };
    }),
  };
}

/** An analysis as `analyseReaders` makes it, with everything that can be known; numbers are invented. */
export function sampleAnalysis(changes: Partial<ReaderAnalysis> = {}): ReaderAnalysis {
  const comparison = (
    name: string,
    difference: number,
    half: number,
    verdict: 'helps' | 'inconclusive',
  ): ReaderAnalysis['comparisons'][number] => ({
    arm: name,
    control: 'gray',
    difference,
    interval: [difference - half, difference + half],
    intervalLevel: 0.95,
    standardError: half / 2,
    degreesOfFreedom: 17.4,
    p: verdict === 'helps' ? 0.004 : 0.3,
    pCorrected: verdict === 'helps' ? 0.008 : 0.3,
    perReader: readers.map((reader, i) => ({ reader, difference: difference + 0.012 * (i - 2) })),
    smallestDetectable: 0.045,
    verdict,
    reason:
      verdict === 'helps'
        ? { kind: 'difference', side: 'above', beyondMargin: false, margin: 0.05 }
        : { kind: 'undecided', margin: 0.05, smallestDetectable: 0.045, power: 0.8 },
    statement: `${name} against gray: ${verdict}, as in the example.`,
  });
  return {
    study: 'does-colour-help-people',
    finding: 'pneumonia',
    verdict: 'helps',
    statement: 'Readers have a higher AUC for pneumonia with turbo than with gray.',
    endpoint: {
      merit: 'auc',
      cut: 50,
      range: null,
      control: 'gray',
      margin: 0.05,
      alpha: 0.05,
      correction: 'holm',
      covariance: 'jackknife',
      readers: 'random',
      cases: 'random',
      missing: 'available',
    },
    design: {
      kind: 'crossed',
      readers,
      cases: 120,
      positives: 60,
      negatives: 60,
      readings: 1800,
      missing: 0,
      expected: 1800,
      incompleteCases: 0,
      withoutAnArm: [],
    },
    components: {
      msT: 0.0048,
      msR: 0.0012,
      msTR: 0.00055,
      variance: 0.0008,
      cov1: 0.00035,
      cov2: 0.00034,
      cov3: 0.00024,
      armByReader: 0.0002,
    },
    overall: { f: 4.456, numeratorDegrees: 2, denominatorDegrees: 15.26, p: 0.0301 },
    arms: [arm('gray', true, 0.81), arm('turbo', false, 0.87), arm('viridis', false, 0.83)],
    comparisons: [comparison('turbo', 0.06, 0.04, 'helps'), comparison('viridis', 0.02, 0.045, 'inconclusive')],
    smallestDetectable: 0.045,
    times: [
      { arm: 'gray', readings: 600, medianSeconds: 21.2, ratio: null, interval: null, p: null },
      { arm: 'turbo', readings: 600, medianSeconds: 25.4, ratio: 1.21, interval: [1.08, 1.36], p: 0.009 },
      { arm: 'viridis', readings: 600, medianSeconds: 21.9, ratio: 1.03, interval: [0.94, 1.12], p: 0.43 },
    ],
    agreement: ['gray', 'turbo', 'viridis'].map((name) => ({
      arm: name,
      icc: 0.62,
      iccInterval: [0.51, 0.71] as const,
      cases: 120,
      kappa: 0.55,
    })),
    drift: {
      time: { readers: 5, value: 0.82, interval: [0.74, 0.91], p: 0.006 },
      right: { readers: 5, value: 0.004, interval: [-0.03, 0.038], p: 0.77 },
    },
    protocol: keptProtocol,
    networks: {
      study: 'does-colour-help',
      statement: 'turbo differs from gray in AUROC by less than the margin of 0.02.',
      comparisons: [
        {
          arm: 'turbo',
          control: 'gray',
          difference: 0.003,
          interval: [-0.008, 0.014],
          verdict: 'no meaningful difference',
        },
      ],
    },
    versions: { chromaray: '0.1.0' },
    ...changes,
  };
}
