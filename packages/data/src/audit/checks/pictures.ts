import type { DatasetRecord, Finding } from '@chromaray/contracts';
import { type Check, count, sortedIds } from '../check.js';

/** Gray levels between the darkest and the brightest hundredth; the flattest X-ray of the Kermany set has 85. */
const leastContrast = 16;
/** Correlation with the mean picture; the least of the Kermany set is +0.22, and a negative has the opposite sign. */
const invertedCorrelation = -0.2;
/** A mean of fewer pictures is not yet a chest. */
const fewestForMean = 20;

/**
 * Pictures that show nothing, or show it in negative. Evidence: `[{ record, contrast }]` in gray levels, and
 * `[{ record, correlation }]` with the mean picture of the data set, the worst first.
 */
export const pictures: Check = {
  id: 'pictures',
  findings: ['blank-images', 'inverted-images'],
  run({ dataset: { records } }) {
    const blank = records
      .filter(({ fingerprint }) => fingerprint !== null && contrastOf(fingerprint.brightness) < leastContrast)
      .map((record) => ({ record, value: contrastOf(record.fingerprint!.brightness) }));
    const inverted = correlations(records).filter(({ value }) => value < invertedCorrelation);
    return [
      ...finding(blank, 'contrast', {
        id: 'blank-images',
        severity: 'warns',
        title: `${count(blank.length, 'image')} with next to no contrast`,
        reason: 'They show nothing that could be learned or read.',
        remedy: 'Remove them, or get the originals.',
      }),
      ...finding(inverted, 'correlation', {
        id: 'inverted-images',
        severity: 'warns',
        title: `${count(inverted.length, 'image')} in negative: dark where the others are bright`,
        reason: 'A network takes them for something else, and if they go with one class, for that class.',
        remedy: 'Invert them, or remove what is no chest view.',
      }),
    ];
  },
};

interface Measured {
  readonly record: DatasetRecord;
  readonly value: number;
}

function contrastOf({ low, high }: { readonly low: number; readonly high: number }): number {
  return high - low;
}

function correlations(records: readonly DatasetRecord[]): readonly Measured[] {
  const looked = records.flatMap((record) => {
    const scaled = record.fingerprint && standardise(record.fingerprint.thumbnail);
    return scaled ? [{ record, scaled }] : [];
  });
  if (looked.length < fewestForMean) return [];
  const sum = new Float64Array(looked[0]!.scaled.length);
  for (const { scaled } of looked) for (let i = 0; i < sum.length; i++) sum[i]! += scaled[i]!;
  const mean = standardise(sum);
  if (mean === undefined) return [];
  return looked.map(({ record, scaled }) => {
    let product = 0;
    for (let i = 0; i < mean.length; i++) product += mean[i]! * scaled[i]!;
    return { record, value: product / mean.length };
  });
}

/** Mean 0 and standard deviation 1; undefined without contrast. */
function standardise(samples: ArrayLike<number>): Float64Array | undefined {
  const values = Float64Array.from(samples);
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length;
  return variance < 1e-6 ? undefined : values.map((value) => (value - mean) / Math.sqrt(variance));
}

function finding(
  found: readonly Measured[],
  measure: string,
  said: Omit<Finding, 'records' | 'evidence'>,
): readonly Finding[] {
  if (found.length === 0) return [];
  const worst = found.toSorted((a, b) => a.value - b.value);
  const evidence = worst.map(({ record, value }) => ({ record: record.id, [measure]: value }));
  return [{ ...said, records: sortedIds(found.map(({ record }) => record)), evidence }];
}
