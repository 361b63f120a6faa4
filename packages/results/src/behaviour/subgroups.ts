import {
  ageBands,
  type Estimate,
  type ManifestRecord,
  type SubgroupDifference,
  type SubgroupResult,
} from '@chromaray/contracts';
import { aurocOverSeeds, compareAuroc, proportionOverSeeds } from '@chromaray/evidence';
import { type ArmName, decidedRight } from '../comparison/arm-results.js';
import { asPair } from '../comparison/metric-summary.js';
import { pairArms } from '../comparison/pair-arms.js';
import type { PartScores, StudyScores, TrialScores } from '../comparison/study-scores.js';

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

/** One subgroup of the test part. */
interface Group {
  readonly by: string;
  readonly group: string;
  /** Rows of its own records. */
  readonly rows: readonly number[];
  readonly positives: number;
  readonly negatives: number;
  readonly against: SubgroupResult['against'];
  /** Rows that its AUROC is taken of: its own, and those of the other class where it has one class only. */
  readonly compared: readonly number[];
  /** Both classes have two patients, so that an AUROC has a variance. */
  readonly enough: boolean;
}

/** Subgroups of the test part. A grouping that puts all records into one group says nothing and is left out. */
function groupsOf(records: ReadonlyMap<string, ManifestRecord>, test: PartScores): readonly Group[] {
  return groupings.flatMap(({ by, of, order = [] }) => {
    const groups = new Map<string, number[]>();
    for (const [row, id] of test.records.entries()) {
      const group = of(records.get(id)!);
      if (group !== null) groups.set(group, [...(groups.get(group) ?? []), row]);
    }
    const divides = groups.size > 1 || [...groups.values()].some((rows) => rows.length < test.records.length);
    if (!divides) return [];
    return [...groups]
      .sort(([a], [b]) => order.indexOf(a) - order.indexOf(b) || (a < b ? -1 : 1))
      .map(([group, rows]) => groupOf(by, group, rows, test));
  });
}

function groupOf(by: string, group: string, rows: readonly number[], { labels, patients }: PartScores): Group {
  const positives = rows.filter((row) => labels[row] === 1).length;
  const negatives = rows.length - positives;
  const against = negatives === 0 ? 'all negatives' : positives === 0 ? 'all positives' : 'own';
  const borrowed =
    against === 'own' ? [] : [...labels.keys()].filter((row) => labels[row] === (negatives === 0 ? 0 : 1));
  const compared = [...rows, ...borrowed];
  const enough = [0, 1].every(
    (label) => new Set(compared.filter((row) => labels[row] === label).map((row) => patients[row])).size >= 2,
  );
  return { by, group, rows, positives, negatives, against, compared, enough };
}

/** An arm's results by subgroup of the test part; of a cross-validation without the AUROC. */
export function subgroupResults(
  records: ReadonlyMap<string, ManifestRecord>,
  test: PartScores,
  trials: readonly TrialScores[],
  level: number,
  areFolds: boolean,
): readonly SubgroupResult[] {
  // Networks of different folds are not ranked among each other.
  return groupsOf(records, test).map((group) =>
    result(areFolds ? { ...group, enough: false } : group, test, trials, level),
  );
}

/** Every arm's AUROC less the control's, within each subgroup, over the seeds both have; none of a cross-validation. */
export function subgroupDifferences(
  records: ReadonlyMap<string, ManifestRecord>,
  arms: readonly ArmName[],
  scores: StudyScores,
  level: number,
): readonly SubgroupDifference[] {
  const { labels, patients } = scores.test;
  if (scores.folds !== undefined) return [];
  return pairArms(arms, scores).flatMap(({ arm, control, trials }) =>
    groupsOf(records, scores.test)
      .filter(({ enough }) => enough)
      .map(({ by, group, against, compared }) => {
        const of = (values: ArrayLike<number>): number[] => compared.map((row) => values[row]!);
        const found = compareAuroc(
          {
            labels: of(labels),
            patients: compared.map((row) => patients[row]!),
            arm: trials.map(([ofArm]) => of(ofArm.test)),
            control: trials.map(([, ofControl]) => of(ofControl.test)),
          },
          level,
        );
        const { difference, interval, p } = found;
        return { by, group, arm, control, against, difference, interval: asPair(interval), p };
      }),
  );
}

function result(
  { by, group, rows, positives, negatives, against, compared, enough }: Group,
  test: PartScores,
  trials: readonly TrialScores[],
  level: number,
): SubgroupResult {
  const { labels, patients } = test;
  const patientsOf = (some: readonly number[]): readonly string[] => some.map((row) => patients[row]!);
  return {
    by,
    group,
    records: rows.length,
    patients: new Set(patientsOf(rows)).size,
    positives,
    negatives,
    against,
    auroc: enough ? groupAuroc() : null,
    accuracy: groupAccuracy(),
  };

  function groupAuroc(): Estimate {
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
