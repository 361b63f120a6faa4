import { Random } from '@chromaray/base';
import type { Outcome } from '@chromaray/contracts';
import type { StudyScores, TrialScores } from '@chromaray/results';

/** Pictures shown of each outcome. */
const perOutcome = 2;
/** Records measured of each class. */
export const sampledPerClass = 24;

/** A row of the test part with what a trial made of it. */
export interface ChosenCase {
  readonly row: number;
  readonly outcome: Outcome;
}

/** Of each outcome the cases a trial was surest about, surest first. */
export function surestCases({ labels }: StudyScores['test'], trial: TrialScores): readonly ChosenCase[] {
  const outcomes: readonly Outcome[] = ['true positive', 'true negative', 'false positive', 'false negative'];
  const cases = [...labels.keys()].map((row) => ({ row, outcome: outcomeOf(labels[row]!, trial, row) }));
  return outcomes.flatMap((outcome) =>
    cases
      .filter((one) => one.outcome === outcome)
      .sort((a, b) => surety(trial, b.row) - surety(trial, a.row) || a.row - b.row)
      .slice(0, perOutcome),
  );
}

/** Rows of the test part drawn by a seed: one a patient, at most {@link sampledPerClass} of each class, in order of row. */
export function drawSample({ labels, patients }: StudyScores['test'], seed: number): readonly number[] {
  const order = new Random(seed).fork('explained sample').permutation(labels.length);
  const seen = new Set<string>();
  const chosen: number[] = [];
  const counts = [0, 0];
  for (const row of order) {
    const label = labels[row] as 0 | 1;
    if (seen.has(patients[row]!) || counts[label]! >= sampledPerClass) continue;
    seen.add(patients[row]!);
    counts[label]!++;
    chosen.push(row);
  }
  return chosen.sort((a, b) => a - b);
}

/** True where a trial calls a row of the test part positive; of several classes any but the reference. */
export function isCalledPositive({ test, threshold, classes }: TrialScores, row: number): boolean {
  return classes === undefined ? test[row]! >= threshold : mostProbable(classes, row) > 0;
}

/** Which side of which of the network's numbers speaks for what a row is called. */
export function calledSide(trial: TrialScores, row: number): { readonly towards: 1 | -1; readonly unit?: number } {
  if (trial.classes !== undefined) return { towards: 1, unit: mostProbable(trial.classes, row) };
  return { towards: isCalledPositive(trial, row) ? 1 : -1 };
}

/** What a row is called of several classes; undefined where there are two. */
export function calledName({ several }: StudyScores['test'], trial: TrialScores, row: number): string | undefined {
  return trial.classes === undefined ? undefined : several?.names[mostProbable(trial.classes, row)];
}

function mostProbable(classes: readonly Float64Array[], row: number): number {
  const own = classes.map((ofClass) => ofClass[row]!);
  return own.indexOf(Math.max(...own));
}

function outcomeOf(label: number, trial: TrialScores, row: number): Outcome {
  const called = isCalledPositive(trial, row);
  return `${called === (label === 1) ? 'true' : 'false'} ${called ? 'positive' : 'negative'}`;
}

/** Probability of what was called. */
function surety(trial: TrialScores, row: number): number {
  const probability = trial.test[row]!;
  return isCalledPositive(trial, row) ? probability : 1 - probability;
}
