/**
 * Time of a whole analysis of readings: 10 readers, 300 cases, 3 arms, from readings to verdict.
 *
 *     npx tsx --conditions=chromaray-source bench/src/readers/main.ts
 */
import { performance } from 'node:perf_hooks';
import { Random } from '@chromaray/base';
import { analyseArms, analysedTable, type CovarianceMethod, type Merit, type Reading } from '@chromaray/evidence';

const random = new Random('bench readers');
const shared = Array.from({ length: 300 }, () => random.normal());
const readings: readonly Reading[] = ['gray', 'turbo', 'viridis'].flatMap((treatment) =>
  Array.from({ length: 10 }, (_, j) =>
    shared.map((effect, k): Reading => {
      const truth = (k % 2) as 0 | 1;
      const rating = Math.round(50 + 15 * (truth + 0.6 * effect + 0.6 * random.normal()));
      return { reader: `r${j}`, treatment, case: `c${k}`, truth, rating };
    }),
  ).flat(),
);
const generality = { readers: 'random', cases: 'random' } as const;

function milliseconds(merit: Merit, covariance: CovarianceMethod): number {
  const times = Array.from({ length: 7 }, () => {
    const start = performance.now();
    analyseArms(analysedTable(readings, generality), 'gray', { merit, covariance, generality });
    return performance.now() - start;
  });
  return times.sort((a, b) => a - b)[3]!;
}

for (const covariance of ['jackknife', 'delong', 'unbiased'] as const) {
  console.log(`AUC, ${covariance}: ${milliseconds({ of: 'auc' }, covariance).toFixed(0)} ms`);
}
console.log(
  `partial AUC, jackknife: ${milliseconds({ of: 'partial auc', from: 0, to: 0.2 }, 'jackknife').toFixed(0)} ms`,
);
