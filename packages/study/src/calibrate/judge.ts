import { type ComparisonVerdict, verdictWords } from '@chromaray/contracts';
import { compareArms, type StudyScores } from '@chromaray/results';

/** What the harness said of one arm of a study whose truth is known. */
export interface JudgedComparison {
  readonly difference: number;
  /** After correction for the number of arms. */
  readonly p: number;
  readonly lower: number;
  readonly upper: number;
  /** As the analysis estimates it. */
  readonly standardError: number;
  readonly verdict: ComparisonVerdict;
}

/** What the harness said of one study: a comparison for every arm but the control. */
export type JudgedStudy = readonly JudgedComparison[];

/** Scores of arms and of their control: one list a seed, the same seeds, on the same records. */
export interface ArmsScores {
  readonly labels: Uint8Array;
  readonly patients: Int32Array;
  readonly control: readonly ArrayLike<number>[];
  readonly arms: readonly (readonly ArrayLike<number>[])[];
}

const controlName = 'control';

/**
 * Judges a study by what judges a real one, `compareArms`: pairing by record and seed, learning, test, correction for the
 * number of arms, levels of intervals and verdict.
 *
 * @param threshold from which a score counts as positive; the endpoint does not depend on it
 */
export function judge(scores: ArmsScores, margin: number, alpha: number, threshold = 1): JudgedStudy {
  const names = scores.arms.map((_, i) => `arm ${i + 1}`);
  const trials = (arm: string, seeds: readonly ArrayLike<number>[]) =>
    seeds.map((test, seed) => ({ arm, seed, threshold, test: Float64Array.from(test) }));
  const study: StudyScores = {
    test: {
      records: Array.from(scores.labels, (_, i) => `record ${i}`),
      labels: scores.labels,
      patients: Array.from(scores.patients, (patient) => `patient ${patient}`),
    },
    trials: [...trials(controlName, scores.control), ...scores.arms.flatMap((seeds, i) => trials(names[i]!, seeds))],
  };
  const arms = [{ name: controlName, control: true }, ...names.map((name) => ({ name, control: false }))];
  // The bootstrap is a second look that no verdict rests on.
  const endpoint = { metric: 'auroc', part: 'test', margin, alpha, correction: 'holm', bootstrap: 0 } as const;
  return compareArms(arms, study, endpoint).comparisons.map(
    ({ difference, pCorrected, interval, achieved, verdict }) => ({
      difference,
      p: pCorrected,
      lower: interval[0],
      upper: interval[1],
      standardError: achieved!.standardError,
      verdict,
    }),
  );
}

/** Counts of every verdict, all at 0. */
export function noVerdicts(): Record<ComparisonVerdict, number> {
  return Object.fromEntries(verdictWords.map((word) => [word, 0])) as Record<ComparisonVerdict, number>;
}
