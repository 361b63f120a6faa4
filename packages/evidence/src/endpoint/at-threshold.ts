import { Random } from '@chromaray/base';
import { PatientResampler } from '../bootstrap/resample.js';
import type { Clusters } from '../input/clusters.js';
import type { CheckedScores } from '../input/scored.js';
import type { ClassParts } from '../roc/covariance.js';
import { meanOf } from '../seeds/summary.js';
import { sensitivityUtility, specificityUtility, type ThresholdUtility, youdenUtility } from '../threshold/choose.js';
import { type EndpointMeasure, requireAt } from './measure.js';
import { WeightedThreshold } from './weighted-threshold.js';

/** Resamples of the validation part: the standard error that they give is known to 3 %. */
const resamples = 500;

/** How a measure's threshold is chosen on validation. */
export function utilityOf(measure: EndpointMeasure): ThresholdUtility {
  if (measure.metric === 'sensitivity') return specificityUtility(requireAt(measure));
  if (measure.metric === 'specificity') return sensitivityUtility(requireAt(measure));
  return youdenUtility;
}

/** Sensitivity, specificity or their mean at a threshold, with each record's part in it. */
export function partsAtThreshold(
  { metric }: EndpointMeasure,
  { labels, scores, positives, negatives }: CheckedScores,
  threshold: number,
): ClassParts {
  const right = scores.map((score, i) => Number(score >= threshold === (labels[i] === 1)));
  let [found, cleared] = [0, 0];
  for (let i = 0; i < labels.length; i++) {
    if (labels[i] === 1) found += right[i]!;
    else cleared += right[i]!;
  }
  const rates = [cleared / negatives, found / positives];
  const weights = classWeights(metric);
  const value = weights[0]! * rates[0]! + weights[1]! * rates[1]!;
  const parts = right.map((one, i) => value + weights[labels[i]!]! * (one - rates[labels[i]!]!));
  return { labels, parts, value, positives, negatives };
}

/** What specificity and sensitivity count for in the measure. */
function classWeights(metric: EndpointMeasure['metric']): readonly [negatives: number, positives: number] {
  if (metric === 'sensitivity') return [0, 1];
  return metric === 'specificity' ? [1, 0] : [0.5, 0.5];
}

/** A part that thresholds are chosen on, for every scoring of it. */
export interface ThresholdPart {
  readonly checked: readonly CheckedScores[];
  readonly clusters: Clusters;
}

/**
 * How the choice of thresholds makes the measure vary: for each scoring, what its thresholds give on the test part less
 * the mean, over other validation patients. By bootstrap over patients, all scorings on the same resamples; the jackknife
 * fails for quantiles.
 */
export function thresholdDeviations(
  measure: EndpointMeasure,
  validation: ThresholdPart,
  test: readonly CheckedScores[],
): Float64Array[] {
  const utility = utilityOf(measure);
  const choosers = validation.checked.map((checked) => new WeightedThreshold(checked, validation.clusters));
  const curves = test.map((checked) => shareCurve(measure, checked));
  const resampler = new PatientResampler(validation.checked[0]!.labels, validation.clusters);
  // One fixed stream: the same scores give the same interval.
  const random = new Random('thresholds');
  const values = choosers.map(() => new Float64Array(resamples));
  for (let b = 0; b < resamples; b++) {
    const weights = resampler.draw(random);
    choosers.forEach((chooser, s) => {
      values[s]![b] = curves[s]!(chooser.choose(weights, utility));
    });
  }
  return values.map((ofScoring) => {
    const mean = meanOf(ofScoring);
    return ofScoring.map((value) => value - mean);
  });
}

/** Covariance between scorings of what resamples deviate. */
export function resampledCovariance(deviations: readonly Float64Array[]): number[][] {
  return deviations.map((a) =>
    deviations.map((b) => a.reduce((sum, value, i) => sum + value * b[i]!, 0) / (a.length - 1)),
  );
}

/** The measure on the test part as a function of the threshold. */
function shareCurve({ metric }: EndpointMeasure, { labels, scores }: CheckedScores): (threshold: number) => number {
  const ofClass = (label: number) => scores.filter((_, i) => labels[i] === label).sort();
  const [negatives, positives] = [ofClass(0), ofClass(1)];
  const weights = classWeights(metric);
  return (threshold) =>
    (weights[0] * countBelow(negatives, threshold)) / negatives.length +
    weights[1] * (1 - countBelow(positives, threshold) / positives.length);
}

/** How many of ascending values lie below a number. */
function countBelow(sorted: Float64Array, threshold: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sorted[middle]! < threshold) low = middle + 1;
    else high = middle;
  }
  return low;
}
