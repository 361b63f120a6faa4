import type { PartCounts } from '@chromaray/contracts';
import type { PartScores, StudyScores, TrialScores } from './study-scores.js';

/**
 * The folds of a cross-validation as one: the test part is that of all folds, a trial is the networks of one arm and seed
 * on every fold. Only trials that every fold has finished count. Networks of different folds are never ranked among each
 * other; see `foldsOf`.
 *
 * @param folds at least one
 */
export function pooledFolds(folds: readonly StudyScores[]): StudyScores {
  const [first, ...others] = folds as readonly [StudyScores, ...StudyScores[]];
  const trials = first.trials.flatMap((trial): TrialScores[] => {
    const ofFolds = [trial, ...others.flatMap(({ trials: more }) => more.find((one) => isSame(one, trial)) ?? [])];
    if (ofFolds.length < folds.length) return [];
    return [
      {
        arm: trial.arm,
        seed: trial.seed,
        test: joined(ofFolds.map(({ test }) => test)),
        threshold: ofFolds.reduce((sum, { threshold }) => sum + threshold, 0) / folds.length,
        thresholds: joined(ofFolds.map(({ test, threshold }) => test.map(() => threshold))),
      },
    ];
  });
  return { test: pooledPart(folds.map(({ test }) => test)), trials, folds };
}

/** The parts that a study's networks are measured on, each by itself: its folds, or the one it has. */
export function foldsOf(scores: StudyScores): readonly StudyScores[] {
  return scores.folds ?? [scores];
}

/** Counts of the records that are tested, of all folds together. */
export function testedCounts({ test }: StudyScores): PartCounts {
  const { records, labels, patients } = test;
  const positives = labels.reduce((sum, label) => sum + label, 0);
  const known = patients.every((patient, i) => patient !== `record ${records[i]}`);
  return {
    records: labels.length,
    patients: known ? new Set(patients).size : null,
    positives,
    negatives: labels.length - positives,
  };
}

/** The trial of a fold that belongs to a pooled one. */
export function sameTrial({ trials }: StudyScores, wanted: Pick<TrialScores, 'arm' | 'seed'>): TrialScores {
  return trials.find((trial) => isSame(trial, wanted))!;
}

function isSame(one: Pick<TrialScores, 'arm' | 'seed'>, other: Pick<TrialScores, 'arm' | 'seed'>): boolean {
  return one.arm === other.arm && one.seed === other.seed;
}

function pooledPart(parts: readonly PartScores[]): PartScores {
  return {
    records: parts.flatMap(({ records }) => records),
    labels: Uint8Array.from(parts.flatMap(({ labels }) => [...labels])),
    patients: parts.flatMap(({ patients }) => patients),
  };
}

function joined(lists: readonly Float64Array[]): Float64Array {
  return Float64Array.from(lists.flatMap((list) => [...list]));
}
