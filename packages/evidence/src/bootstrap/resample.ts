import type { Random } from '@chromaray/base';
import type { Clusters } from '../input/clusters.js';

/**
 * Draws patients with replacement. Drawing is stratified by what labels a patient's records have (only
 * positive, only negative, both), because the numbers of sick and healthy patients in a test part are
 * fixed by its design, and so that no resample is left with one class.
 */
export class PatientResampler {
  private readonly strata: readonly Int32Array[];
  private readonly weights: Int32Array;

  constructor(labels: Uint8Array, clusters: Clusters) {
    const seen = new Uint8Array(clusters.count);
    for (let i = 0; i < labels.length; i++) seen[clusters.ofRecord[i]!]! |= labels[i] === 1 ? 1 : 2;
    this.strata = [1, 2, 3]
      .map((pattern) => Int32Array.from(seen.keys()).filter((patient) => seen[patient] === pattern))
      .filter((stratum) => stratum.length > 0);
    this.weights = new Int32Array(clusters.count);
  }

  /** Every patient once: no resample. */
  everyone(): Int32Array {
    return new Int32Array(this.weights.length).fill(1);
  }

  /** How often each patient is drawn in one resample. The array is reused by the next call. */
  draw(random: Random): Int32Array {
    this.weights.fill(0);
    for (const stratum of this.strata) {
      for (let i = 0; i < stratum.length; i++) this.weights[stratum[random.int(stratum.length)]!]!++;
    }
    return this.weights;
  }
}
