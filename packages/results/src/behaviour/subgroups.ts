import { ageBands, type Estimate, type ManifestRecord, type SubgroupResult } from '@chromaray/contracts';
import { aurocOverSeeds, proportionOverSeeds } from '@chromaray/evidence';
import { asPair, decidedRight } from '../comparison/arm-results.js';
import type { PartScores, TrialScores } from '../comparison/study-scores.js';

interface Grouping {
  readonly by: string;
  /** Null where the data set does not say. */
  readonly of: (record: ManifestRecord) => string | null;
  /** Groups in this order; without one, as their names sort. */
  readonly order?: readonly string[];
}

/** What a record can be grouped by. */
const groupings: readonly Grouping[] = [
  { by: 'subtype', of: ({ subtype }) => subtype },
  { by: 'view', of: ({ viewPosition }) => viewPosition ?? null },
  { by: 'sex', of: ({ sex }) => sex ?? null },
  { by: 'age', of: ({ ageBand }) => ageBand ?? null, order: ageBands },
];

/**
 * An arm's results by subgroup of the test part. A grouping that puts all records into one group says nothing and
 * is left out.
 */
export function subgroupResults(
  records: ReadonlyMap<string, ManifestRecord>,
  test: PartScores,
  trials: readonly TrialScores[],
  level: number,
): readonly SubgroupResult[] {
  return groupings.flatMap(({ by, of, order = [] }) => {
    const groups = new Map<string, number[]>();
    for (const [row, id] of test.records.entries()) {
      const group = of(records.get(id)!);
      if (group !== null) groups.set(group, [...(groups.get(group) ?? []), row]);
    }
    const telling = groups.size > 1 || [...groups.values()].some((rows) => rows.length < test.records.length);
    if (!telling) return [];
    return [...groups]
      .sort(([a], [b]) => order.indexOf(a) - order.indexOf(b) || (a < b ? -1 : 1))
      .map(([group, rows]) => result(by, group, rows, test, trials, level));
  });
}

function result(
  by: string,
  group: string,
  rows: readonly number[],
  test: PartScores,
  trials: readonly TrialScores[],
  level: number,
): SubgroupResult {
  const { labels, patients } = test;
  const positives = rows.filter((row) => labels[row] === 1).length;
  const negatives = rows.length - positives;
  const against = negatives === 0 ? 'all negatives' : positives === 0 ? 'all positives' : 'own';
  const borrowed =
    against === 'own' ? [] : [...labels.keys()].filter((row) => labels[row] === (negatives === 0 ? 0 : 1));
  const patientsOf = (some: readonly number[]): readonly string[] => some.map((row) => patients[row]!);
  return {
    by,
    group,
    records: rows.length,
    patients: new Set(patientsOf(rows)).size,
    positives,
    negatives,
    against,
    auroc: groupAuroc([...rows, ...borrowed]),
    accuracy: groupAccuracy(),
  };

  function groupAuroc(compared: readonly number[]): Estimate | null {
    const enough = [0, 1].every(
      (label) => new Set(patientsOf(compared.filter((row) => labels[row] === label))).size >= 2,
    );
    if (!enough) return null;
    const found = aurocOverSeeds(
      {
        labels: compared.map((row) => labels[row]!),
        scores: trials.map((trial) => compared.map((row) => trial.test[row]!)),
        patients: patientsOf(compared),
      },
      level,
    );
    return { value: found.mean, interval: asPair(found.interval) };
  }

  function groupAccuracy(): Estimate | null {
    if (new Set(patientsOf(rows)).size < 2) return null;
    const outcomes = trials.map((trial) => {
      const right = decidedRight(trial, labels);
      return rows.map((row) => right[row]!);
    });
    const found = proportionOverSeeds({ outcomes, patients: patientsOf(rows) }, level);
    return { value: found.mean, interval: asPair(found.interval) };
  }
}
