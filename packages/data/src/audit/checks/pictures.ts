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
        title: `${count(blank.length, 'image')} with almost no contrast`,
        reason: 'They show nothing that can be read or learned.',
        remedy: 'Remove them, or get the originals.',
      }),
      ...finding(inverted, 'correlation', {
        id: 'inverted-images',
        severity: 'warns',
        title: `${count(inverted.length, 'image')} inverted: dark where the others are bright`,
        reason:
          'To a network they look different, and if they are more common in one class, that difference predicts the label.',
        remedy: 'Invert them, or remove those that do not show a chest.',
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

/**
 * Correlations with the mean picture. A plain mean of a set of which half is in negative shows nothing; so pictures
 * are turned to the same polarity before they are averaged: each takes the sign with which it correlates with the
 * rest. What most pictures show counts as right; where both are equally many, negatives are those that are brighter
 * at the border than within, where air surrounds a chest.
 */
function correlations(records: readonly DatasetRecord[]): readonly Measured[] {
  const looked = records.flatMap((record) => {
    const scaled = record.fingerprint && standardise(record.fingerprint.thumbnail);
    return scaled ? [{ record, scaled }] : [];
  });
  if (looked.length < fewestForMean) return [];
  const pictures = looked.map(({ scaled }) => scaled);
  let signs = signsAgainst(pictures, pictures[0]!);
  let mean: Float64Array | undefined;
  for (let turn = 0; turn < mostTurns; turn++) {
    mean = signedMean(pictures, signs);
    if (mean === undefined) return [];
    const next = signsAgainst(pictures, mean);
    if (next.every((sign, i) => sign === signs[i])) break;
    signs = next;
  }
  const positive = signs.filter((sign) => sign > 0).length;
  const balance = positive * 2 - signs.length;
  const upright = balance > 0 || (balance === 0 && borderOf(mean!) < 0) ? 1 : -1;
  return looked.map(({ record, scaled }) => ({ record, value: upright * correlation(scaled, mean!) }));
}

/** Signs settle in two or three turns. */
const mostTurns = 10;

function signsAgainst(pictures: readonly Float64Array[], pattern: Float64Array): readonly number[] {
  return pictures.map((picture) => (correlation(picture, pattern) < 0 ? -1 : 1));
}

function signedMean(pictures: readonly Float64Array[], signs: readonly number[]): Float64Array | undefined {
  const sum = new Float64Array(pictures[0]!.length);
  for (const [at, picture] of pictures.entries()) {
    for (let i = 0; i < sum.length; i++) sum[i]! += signs[at]! * picture[i]!;
  }
  return standardise(sum);
}

/** Mean of the outermost pixels of a square picture, which as a whole has the mean 0. */
function borderOf(picture: Float64Array): number {
  const side = Math.round(Math.sqrt(picture.length));
  const isBorder = (i: number) => i < side || i >= picture.length - side || i % side === 0 || i % side === side - 1;
  const border = picture.filter((_, i) => isBorder(i));
  return border.reduce((sum, value) => sum + value, 0) / border.length;
}

function correlation(a: Float64Array, b: Float64Array): number {
  let product = 0;
  for (let i = 0; i < a.length; i++) product += a[i]! * b[i]!;
  return product / a.length;
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
