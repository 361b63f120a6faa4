import { type Patients, toClusters } from '../input/clusters.js';
import { lengthError } from '../input/errors.js';
import { checkScores, type Labels, type Scores } from '../input/scored.js';
import { type AurocEstimate, aurocWithInterval } from '../roc/delong.js';
import { confusionMatrix } from '../threshold/confusion.js';
import { type ThresholdRates, thresholdRates } from '../threshold/rates.js';

/** Results on the records of one subgroup. */
export interface Subgroup {
  readonly group: string;
  readonly records: number;
  readonly patients: number;
  readonly positives: number;
  readonly negatives: number;
  /** Null where a class has fewer than two patients. */
  readonly auroc: AurocEstimate | null;
  /**
   * A group of positives only (bacterial, viral) has no AUROC of its own; it is set against all the
   * negatives, and the other way round.
   */
  readonly against: 'own' | 'all negatives' | 'all positives';
  /** Of the group's own records, at the threshold given. */
  readonly rates: ThresholdRates;
}

/**
 * Results by subgroup, in the order of their names; records whose group is null belong to none.
 *
 * @throws ChromarayError `CHROMARAY_EVIDENCE_*` for bad input
 */
export function subgroups(
  labels: Labels,
  scores: Scores,
  groups: ArrayLike<string | null>,
  options: { readonly threshold: number; readonly patients?: Patients; readonly level?: number },
): Subgroup[] {
  const { threshold, level = 0.95 } = options;
  const checked = checkScores(labels, scores);
  if (groups.length !== labels.length) throw lengthError('groups', groups.length, 'records', labels.length);
  const clusters = toClusters(options.patients, labels.length).ofRecord;
  const members = new Map<string, number[]>();
  for (let i = 0; i < groups.length; i++) {
    const group = groups[i];
    if (group === null || group === undefined) continue;
    const records = members.get(group);
    if (records === undefined) members.set(group, [i]);
    else records.push(i);
  }
  const all = Array.from(checked.labels.keys());
  const byName = [...members].sort(([a], [b]) => (a < b ? -1 : 1));
  return byName.map(([group, records]) => {
    const positives = records.filter((i) => checked.labels[i] === 1).length;
    const negatives = records.length - positives;
    const against = negatives === 0 ? 'all negatives' : positives === 0 ? 'all positives' : 'own';
    const borrowed = against === 'own' ? [] : all.filter((i) => checked.labels[i] === (negatives === 0 ? 0 : 1));
    const compared = [...records, ...borrowed];
    const pick = (values: ArrayLike<number>, from: readonly number[]): number[] => from.map((i) => values[i]!);
    return {
      group,
      records: records.length,
      patients: new Set(pick(clusters, records)).size,
      positives,
      negatives,
      auroc: enoughPatients(checked.labels, clusters, compared)
        ? aurocWithInterval(pick(checked.labels, compared), pick(checked.scores, compared), {
            patients: pick(clusters, compared),
            level,
          })
        : null,
      against,
      rates: thresholdRates(
        confusionMatrix(pick(checked.labels, records), pick(checked.scores, records), threshold),
        level,
      ),
    };
  });
}

function enoughPatients(labels: Uint8Array, clusters: Int32Array, records: readonly number[]): boolean {
  return [0, 1].every((label) => new Set(records.filter((i) => labels[i] === label).map((i) => clusters[i])).size >= 2);
}
