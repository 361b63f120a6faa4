import type { Clusters } from '../input/clusters.js';
import type { Placements } from '../roc/placement.js';

/** Each patient's empirical influence on an AUROC: how far its records pull it from its value. */
export function patientInfluence(scoring: Placements, clusters: Clusters): Float64Array {
  const influence = new Float64Array(clusters.count);
  for (let i = 0; i < scoring.values.length; i++) {
    const ofClass = scoring.labels[i] === 1 ? scoring.positives : scoring.negatives;
    influence[clusters.ofRecord[i]!]! += (scoring.values[i]! - scoring.auroc) / ofClass;
  }
  return influence;
}
