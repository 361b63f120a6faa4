import { argumentError } from '../input/errors.js';
import { checkProbabilities, type Labels, type Scores } from '../input/scored.js';
import { ascendingOrder, forEachTie } from '../roc/ranks.js';
import { type Proportion, proportion } from '../threshold/wilson.js';

/** Records of similar probability, and how many of them were positive: one point of a reliability plot. */
export interface ReliabilityBin {
  /** Position among the bins asked for, from 0; where ties left a bin empty, its number is missing. */
  readonly bin: number;
  readonly lowest: number;
  readonly highest: number;
  readonly meanProbability: number;
  readonly observed: Proportion;
}

/**
 * Bins of equal numbers of records (equal mass), by ascending probability; the first bins hold one more
 * where the numbers do not divide. Fewer records than bins give one bin a record.
 *
 * Records of equal probability stay together, in the bin that the middle of their run falls into, so that the
 * order in which records are given changes nothing. Bins then differ in size, and one that nothing falls into is
 * left out: a model that gives two probabilities has two bins. The intervals count records as independent.
 *
 * @throws ChromarayError `CHROMARAY_EVIDENCE_*` for bad input
 */
export function reliabilityBins(labels: Labels, probabilities: Scores, bins = 10, level = 0.95): ReliabilityBin[] {
  if (!Number.isInteger(bins) || bins < 1) throw argumentError('The number of bins', bins, 'a whole number from 1');
  const checked = checkProbabilities(labels, probabilities);
  const order = ascendingOrder(checked.scores);
  const binOf = equalMass(order.length, Math.min(bins, order.length));
  const filled = new Map<number, BinSums>();
  forEachTie(checked.scores, order, (start, end, probability) => {
    const bin = binOf(Math.floor((start + end - 1) / 2));
    const sums = filled.get(bin) ?? { lowest: probability, highest: probability, sum: 0, records: 0, positives: 0 };
    filled.set(bin, sums);
    sums.highest = probability;
    sums.sum += (end - start) * probability;
    sums.records += end - start;
    for (let k = start; k < end; k++) sums.positives += checked.labels[order[k]!]!;
  });
  return Array.from(filled, ([bin, { lowest, highest, sum, records, positives }]) => ({
    bin,
    lowest,
    highest,
    meanProbability: Math.min(highest, Math.max(lowest, sum / records)),
    observed: proportion(positives, records, level),
  }));
}

interface BinSums {
  readonly lowest: number;
  highest: number;
  sum: number;
  records: number;
  positives: number;
}

/** Which of `bins` bins the record of a rank (from 0) falls into; the first bins take what is left over. */
function equalMass(records: number, bins: number): (rank: number) => number {
  const size = Math.floor(records / bins);
  const larger = records % bins;
  const inLarger = larger * (size + 1);
  return (rank) => (rank < inLarger ? Math.floor(rank / (size + 1)) : larger + Math.floor((rank - inLarger) / size));
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
