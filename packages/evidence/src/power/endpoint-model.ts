import { normalCdf, normalDensity, normalQuantile } from '../distributions/normal.js';
import { type EndpointMeasure, needsThreshold, requireAt } from '../endpoint/measure.js';
import { partsOf } from '../endpoint/measure-scorings.js';
import { requireOpenUnit } from '../interval.js';

/** What an endpoint is expected to be, and how it varies, for a binormal reader: normal scores of equal spread. */
export interface EndpointModel {
  readonly value: number;
  /** Change of the endpoint with the AUROC: turns a spread of seeds in AUROC into one in the endpoint. */
  readonly slope: number;
  /** Variance over new test patients, times the positives, and times the negatives, of each class's part. */
  readonly ofPositives: number;
  readonly ofNegatives: number;
  /** The same of the validation part, through the threshold that is chosen there. */
  readonly ofValidationPositives: number;
  readonly ofValidationNegatives: number;
}

/** Records of the grid of scores that stands for a part. */
const grid = 2000;
/** Of these, at least so many of each class. */
const fewest = 40;
const models = new Map<string, EndpointModel>();

/**
 * Works out what a plan needs to know of an endpoint, from parts on a grid of normal scores; probabilities are those that are
 * calibrated. A threshold at a specificity s varies with validation by s(1 - s)/n over the square of the density there; Youden's
 * lies where sensitivity and specificity trade one for one, so that to first order it does not matter.
 *
 * @param auroc expected, inside (0, 1)
 * @param share of positives, inside (0, 1)
 * @throws ChromarayError `CHROMARAY_EVIDENCE_ARGUMENT`
 */
export function endpointModel(measure: EndpointMeasure, auroc: number, share: number): EndpointModel {
  requireOpenUnit(auroc, 'The expected AUROC');
  requireOpenUnit(share, 'The share of positives');
  const positives = Math.min(grid - fewest, Math.max(fewest, Math.round(grid * share)));
  const key = JSON.stringify([measure.metric, measure.at, measure.range, auroc, positives]);
  const known = models.get(key);
  if (known !== undefined) return known;
  const made = modelOf(measure, auroc, positives);
  models.set(key, made);
  return made;
}

function modelOf(measure: EndpointMeasure, auroc: number, positives: number): EndpointModel {
  const found = onGrid(measure, auroc, positives);
  // Wide enough for shares, which rise in steps of the grid.
  const step = Math.min(0.01, auroc / 2, (1 - auroc) / 2);
  const [above, below] = [auroc + step, auroc - step].map((other) => onGrid(measure, other, positives).value);
  const mean = (label: number): number => {
    const own = found.parts.filter((_, i) => found.labels[i] === label);
    return own.reduce((sum, part) => sum + (part - found.value) ** 2, 0) / own.length;
  };
  return {
    value: found.value,
    slope: Math.abs(above! - below!) / (2 * step),
    ofPositives: mean(1),
    ofNegatives: mean(0),
    ...thresholdVariance(measure, distanceOf(auroc)),
  };
}

function onGrid(measure: EndpointMeasure, auroc: number, positives: number) {
  const negatives = grid - positives;
  const distance = distanceOf(auroc);
  const normals = (count: number): number[] =>
    Array.from({ length: count }, (_, i) => normalQuantile((i + 0.5) / count));
  const scores = [...normals(negatives), ...normals(positives).map((score) => score + distance)];
  const probabilities = Float64Array.from(
    scores,
    (score) => 1 / (1 + Math.exp(-distance * (score - distance / 2) - Math.log(positives / negatives))),
  );
  const labels = Uint8Array.from(scores, (_, i) => Number(i >= negatives));
  const checked = { labels, positives, negatives };
  if (measure.metric === 'brier') return partsOf(measure, { ...checked, scores: probabilities });
  const threshold = needsThreshold(measure) ? thresholdOf(measure, distance) : Number.NaN;
  return partsOf(measure, { ...checked, scores: Float64Array.from(scores) }, threshold);
}

/** Between the means of the classes, in standard deviations. */
function distanceOf(auroc: number): number {
  return Math.SQRT2 * normalQuantile(auroc);
}

function thresholdOf(measure: EndpointMeasure, distance: number): number {
  if (measure.metric === 'balanced-accuracy') return distance / 2;
  const quantile = normalQuantile(requireAt(measure));
  return measure.metric === 'sensitivity' ? quantile : distance - quantile;
}

function thresholdVariance(measure: EndpointMeasure, distance: number) {
  const none = { ofValidationPositives: 0, ofValidationNegatives: 0 };
  if (measure.metric !== 'sensitivity' && measure.metric !== 'specificity') return none;
  const threshold = thresholdOf(measure, distance);
  const [negative, positive] = [normalDensity(threshold), normalDensity(threshold - distance)];
  if (measure.metric === 'sensitivity') {
    const cleared = normalCdf(threshold);
    return { ...none, ofValidationNegatives: (positive / negative) ** 2 * cleared * (1 - cleared) };
  }
  const found = normalCdf(distance - threshold);
  return { ...none, ofValidationPositives: (negative / positive) ** 2 * found * (1 - found) };
}
