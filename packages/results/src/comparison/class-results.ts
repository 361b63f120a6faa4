import type { ClassResults, MetricSummary } from '@chromaray/contracts';
import { classesOverSeeds, kappaOverSeeds, proportionOverSeeds } from '@chromaray/evidence';
import { type MeasuredOverSeeds, metric } from './metric-summary.js';
import { armClassScores, calledClasses, severalScores } from './several-classes.js';
import type { StudyScores, TrialScores } from './study-scores.js';

/**
 * How an arm tells several classes apart on the test part. Every interval is of the mean over seeds, for new patients and
 * new seeds, clustered by patient.
 *
 * @returns undefined where there are two classes
 */
export function classResults(
  trials: readonly TrialScores[],
  scores: StudyScores,
  level: number,
): ClassResults | undefined {
  const several = severalScores(scores);
  if (several === undefined) return undefined;
  const { names, labels, patients } = several;
  const calls = trials.map(calledClasses);
  const arm = armClassScores(several, trials);
  const rightAmong = (rows: readonly number[]): MeasuredOverSeeds =>
    proportionOverSeeds(
      {
        outcomes: calls.map((ofSeed) => rows.map((row) => Number(ofSeed[row] === labels[row]))),
        patients: rows.map((row) => patients[row]!),
      },
      level,
    );
  const all = [...labels.keys()];
  const kappa = kappaOverSeeds(labels, calls, names.length, { patients, level });
  return {
    perClass: names.map((name, index) => {
      const rows = all.filter((row) => labels[row] === index);
      const auroc: MetricSummary = metric(classesOverSeeds(arm, { metric: 'auroc', class: index }, level));
      return { class: name, records: rows.length, auroc, sensitivity: metric(rightAmong(rows)) };
    }),
    accuracy: metric(rightAmong(all)),
    kappa: kappa === null ? null : metric(kappa),
    confusion: calls.map((ofSeed) => confusion(labels, ofSeed, names.length)),
  };
}

/** Records by class (rows) and by what they are called (columns). */
function confusion(labels: Uint8Array, calls: Uint8Array, classes: number): readonly (readonly number[])[] {
  const counts = Array.from({ length: classes }, () => new Array<number>(classes).fill(0));
  labels.forEach((label, row) => {
    counts[label]![calls[row]!]!++;
  });
  return counts;
}
