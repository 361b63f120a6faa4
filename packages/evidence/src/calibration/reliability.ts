import { argumentError } from '../input/errors.js';
import { checkProbabilities, type Labels, type Scores } from '../input/scored.js';
import { ascendingOrder } from '../roc/ranks.js';
import { type Proportion, proportion } from '../threshold/wilson.js';

/** Records of similar probability, and how many of them were positive: one point of a reliability plot. */
export interface ReliabilityBin {
  readonly lowest: number;
  readonly highest: number;
  readonly meanProbability: number;
  readonly observed: Proportion;
}

/**
 * Bins of equal numbers of records (equal mass), by ascending probability; the first bins hold one more
 * where the numbers do not divide. Fewer records than bins give one bin a record.
 *
 * @throws ChromarayError `CHROMARAY_EVIDENCE_*` for bad input
 */
export function reliabilityBins(labels: Labels, probabilities: Scores, bins = 10, level = 0.95): ReliabilityBin[] {
  if (!Number.isInteger(bins) || bins < 1) throw argumentError('The number of bins', bins, 'a whole number from 1');
  const checked = checkProbabilities(labels, probabilities);
  const order = ascendingOrder(checked.scores);
  const used = Math.min(bins, order.length);
  const size = Math.floor(order.length / used);
  const larger = order.length % used;
  return Array.from({ length: used }, (_, bin) => {
    const start = bin * size + Math.min(bin, larger);
    const records = order.subarray(start, start + size + (bin < larger ? 1 : 0));
    let sum = 0;
    let positives = 0;
    for (const record of records) {
      sum += checked.scores[record]!;
      positives += checked.labels[record]!;
    }
    return {
      lowest: checked.scores[records[0]!]!,
      highest: checked.scores[records[records.length - 1]!]!,
      meanProbability: sum / records.length,
      observed: proportion(positives, records.length, level),
    };
  });
}

/**
 * Expected calibration error: the mean distance, weighted by records, between probability and observed
 * share over equal-mass bins. Biased upwards on few records: a perfectly calibrated model is not at 0.
 *
 * @throws ChromarayError `CHROMARAY_EVIDENCE_*` for bad input
 */
export function expectedCalibrationError(labels: Labels, probabilities: Scores, bins = 10): number {
  let error = 0;
  for (const bin of reliabilityBins(labels, probabilities, bins)) {
    error += bin.observed.n * Math.abs(bin.observed.value! - bin.meanProbability);
  }
  return error / labels.length;
}
