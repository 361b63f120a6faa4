import { describe, it } from 'vitest';
import { expectClose, reference } from '../../test/reference.test-support.js';
import { toClusters } from '../input/clusters.js';
import { aurocCovariance } from './covariance.js';
import { aurocWithInterval, pairedDeLong } from './delong.js';
import { placements } from './placement.js';

interface Proc {
  readonly versions: { readonly R: string; readonly pROC: string };
  readonly cases: readonly {
    readonly name: string;
    readonly auroc: readonly number[];
    readonly variance: readonly number[];
    readonly interval: readonly (readonly [number, number])[];
    readonly pairs: readonly {
      readonly of: readonly [number, number];
      readonly covariance: number;
      readonly z: number;
      readonly p: number;
      readonly interval: readonly [number, number];
    }[];
  }[];
}
interface Data {
  readonly cases: readonly { readonly labels: number[]; readonly scorings: readonly number[][] }[];
}

// Recorded by test/reference/make_proc_fixtures.R.
const { versions, cases } = reference<Proc>('proc');
const data = reference<Data>('roc').cases;

describe.each(cases.map((found, i) => ({ ...found, ...data[i]! })))(
  `R's pROC ${versions.pROC} agrees on data with $name`,
  ({ labels, scorings, auroc, variance, interval, pairs }) => {
    it.each([0, 1, 2])('about the AUROC, its variance and interval of scoring %i', (i) => {
      const found = aurocWithInterval(labels, scorings[i]!, { method: 'wald' });
      expectClose(found.auroc, auroc[i]!);
      expectClose(found.variance, variance[i]!);
      expectClose(found.interval.lower, interval[i]![0]);
      expectClose(found.interval.upper, interval[i]![1]);
    });

    it.each(pairs)('about the paired comparison of $of', ({ of: [first, second], covariance, z, p, ...pair }) => {
      const placed = [scorings[first]!, scorings[second]!].map((scores) => placements(labels, scores));
      expectClose(aurocCovariance(placed, toClusters(undefined, labels.length))[0]![1]!, covariance);
      const found = pairedDeLong(labels, scorings[first]!, scorings[second]!);
      expectClose(found.z, z);
      expectClose(found.p, p);
      expectClose(found.interval.lower, pair.interval[0]);
      expectClose(found.interval.upper, pair.interval[1]);
    });
  },
);
