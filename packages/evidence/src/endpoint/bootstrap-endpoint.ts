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
import { type Strata, strataOf } from './strata.js';
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
  paired: Strata<PairedParts>,
  measure: EndpointMeasure,
  { random, resamples = 2000, level = 0.95 }: BootstrapOptions,
): BootstrapResult {
  requireResamples(resamples);
  const strata = strataOf(paired).map((part) => resampledStratum(part, measure));
  const k = strataOf(paired)[0]!.arm.length;
  const seeds = Array.from({ length: k }, (_, s) => s);
  const perSeed = seeds.map((s) => meanOf(strata.map((stratum) => stratum.whole(s))));
  const estimate = meanOf(perSeed);
  const values = new Float64Array(resamples);
  for (let b = 0; b < resamples; b++) {
    const drawn = strata.map((stratum) => stratum.draw(random));
    const times = new Int32Array(k);
    for (let s = 0; s < k; s++) times[random.int(k)]!++;
    let sum = 0;
    for (const s of seeds) if (times[s]! > 0) sum += times[s]! * meanOf(drawn.map((difference) => difference(s)));
    values[b] = sum / k;
  }
  const ofSeeds = perSeed.map((value) => (value - estimate) / k);
  return bootstrapResult(estimate, values, [ofSeeds], level);
}

/** Arm less control at a seed. */
type DifferenceAt = (seed: number) => number;

/** One test part with its thresholds: the difference on it, and on resampled patients of it. */
function resampledStratum(
  paired: PairedParts,
  measure: EndpointMeasure,
): { readonly whole: DifferenceAt; readonly draw: (random: Random) => DifferenceAt } {
  const k = paired.arm.length;
  requireSameSeeds(k, paired.control.length);
  const test = resampledPart(paired);
  const endpoints = test.checked.map((checked) => new WeightedEndpoint(measure, checked, test.clusters));
  const thresholds = thresholdsOn(needsThreshold(measure) ? paired.validation : undefined, measure);
  const difference =
    (weights: ArrayLike<number>, chosen: (scoring: number) => number): DifferenceAt =>
    (s) =>
      endpoints[s]!.value(weights, chosen(s)) - endpoints[s + k]!.value(weights, chosen(s + k));
  return {
    whole: difference(test.resampler.everyone(), thresholds.chosen),
    draw: (random) => difference(test.resampler.draw(random), thresholds.resampled(random)),
  };
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
