import type { Random } from '@chromaray/base';
import type { BootstrapOptions } from '../bootstrap/auroc.js';
import { type BootstrapResult, bootstrapResult, requireResamples } from '../bootstrap/intervals.js';
import { PatientResampler } from '../bootstrap/resample.js';
import { toClusters } from '../input/clusters.js';
import { checkTwoClasses } from '../input/scored.js';
import { type PairedScores, requireSameSeeds } from '../seeds/compare-auroc.js';
import { meanOf } from '../seeds/summary.js';
import { utilityOf } from './at-threshold.js';
import type { PairedParts } from './compare-endpoint.js';
import { type EndpointMeasure, needsThreshold } from './measure.js';
import { WeightedEndpoint } from './weighted-endpoint.js';
import { WeightedThreshold } from './weighted-threshold.js';

/**
 * Hierarchical bootstrap of the mean over seeds of arm less control: patients of the test part, those of the validation part
 * where a threshold is chosen, then seeds; both arms always the same. As `bootstrapAurocDifference`, it shows the shape of the
 * uncertainty and decides nothing. Records without patients are resampled by their position.
 *
 * @throws ChromarayError `CHROMARAY_EVIDENCE_*` as `compareEndpoint` does
 */
export function bootstrapEndpointDifference(
  paired: PairedParts,
  measure: EndpointMeasure,
  { random, resamples = 2000, level = 0.95 }: BootstrapOptions,
): BootstrapResult {
  requireResamples(resamples);
  const k = paired.arm.length;
  requireSameSeeds(k, paired.control.length);
  const test = resampledPart(paired);
  const endpoints = test.checked.map((checked) => new WeightedEndpoint(measure, checked, test.clusters));
  const thresholds = thresholdsOn(needsThreshold(measure) ? paired.validation : undefined, measure);
  const everyone = test.resampler.everyone();
  const atOnce = (weights: ArrayLike<number>, chosen: (scoring: number) => number, s: number): number =>
    endpoints[s]!.value(weights, chosen(s)) - endpoints[s + k]!.value(weights, chosen(s + k));
  const seeds = Array.from({ length: k }, (_, s) => s);
  const perSeed = seeds.map((s) => atOnce(everyone, thresholds.chosen, s));
  const estimate = meanOf(perSeed);
  const values = new Float64Array(resamples);
  for (let b = 0; b < resamples; b++) {
    const weights = test.resampler.draw(random);
    const chosen = thresholds.resampled(random);
    const drawn = new Int32Array(k);
    for (let s = 0; s < k; s++) drawn[random.int(k)]!++;
    let sum = 0;
    for (const s of seeds) if (drawn[s]! > 0) sum += drawn[s]! * atOnce(weights, chosen, s);
    values[b] = sum / k;
  }
  const ofSeeds = perSeed.map((value) => (value - estimate) / k);
  return bootstrapResult(estimate, values, [ofSeeds], level);
}

function resampledPart({ labels, arm, control, patients }: PairedScores) {
  const checked = [...arm, ...control].map((scores) => checkTwoClasses(labels, scores));
  const clusters = toClusters(patients, labels.length);
  return { checked, clusters, resampler: new PatientResampler(checked[0]!.labels, clusters) };
}

/** Each scoring's threshold, and what it is on resampled validation patients. */
function thresholdsOn(validation: PairedScores | undefined, measure: EndpointMeasure) {
  if (validation === undefined) return { chosen: () => Number.NaN, resampled: () => () => Number.NaN };
  const { checked, clusters, resampler } = resampledPart(validation);
  const choosers = checked.map((scoring) => new WeightedThreshold(scoring, clusters));
  const utility = utilityOf(measure);
  const everyone = resampler.everyone();
  return {
    chosen: (scoring: number) => choosers[scoring]!.choose(everyone, utility),
    resampled: (random: Random) => {
      const weights = resampler.draw(random);
      return (scoring: number) => choosers[scoring]!.choose(weights, utility);
    },
  };
}
