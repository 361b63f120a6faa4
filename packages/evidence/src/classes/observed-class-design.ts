import type { ObservedDesign } from '../endpoint/observed-design.js';
import { toClusters } from '../input/clusters.js';
import { meanOf, varianceOf } from '../seeds/summary.js';
import { compareClasses, type PairedClassScores } from './classes-over-seeds.js';
import type { ClassMeasure } from './contrasts.js';
import { measureClasses } from './measured-classes.js';
import { checkClassLabels } from './scored-classes.js';

/**
 * What a finished comparison of several classes shows of the assumptions that a plan makes, as `observedDesign`; the AUROC is
 * the measure.
 *
 * @throws ChromarayError `CHROMARAY_EVIDENCE_*` as `compareClasses` does
 */
export function observedClassDesign(paired: PairedClassScores, measure: ClassMeasure): ObservedDesign {
  const { arm, control, patientVariance } = compareClasses(paired, measure);
  const labels = checkClassLabels(paired.labels, paired.classes);
  const clusters = toClusters(paired.patients, labels.length);
  const networks = [...paired.arm, ...paired.control].map((scores) =>
    measureClasses(measure, labels, scores, clusters),
  );
  const values = networks.map(({ value }) => value);
  const own = 2 * meanOf(networks.map(({ pulls }) => pulls.reduce((sum, pull) => sum + pull * pull, 0)));
  const seeds = paired.arm.length;
  const pooled = (varianceOf(values.slice(0, seeds)) + varianceOf(values.slice(seeds))) / 2;
  return {
    auroc: (arm + control) / 2,
    seedDeviation: seeds > 1 ? Math.sqrt(pooled) : null,
    correlationBetweenArms: own === 0 ? null : Math.max(-1, 1 - patientVariance / own),
    seeds,
  };
}
