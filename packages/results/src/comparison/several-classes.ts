import type { EndpointKind } from '@chromaray/contracts';
import type { ArmClassScores, ClassMeasure, PairedClassScores } from '@chromaray/evidence';
import type { StudyScores, TrialScores } from './study-scores.js';

/** A study's scores, and its trials' by class, where it tells several apart. */
interface SeveralScores {
  readonly names: readonly string[];
  /** Index of each record's class. */
  readonly labels: Uint8Array;
  readonly patients: readonly string[];
}

/** The records of a study of several classes; undefined where there are two. */
export function severalScores({ test }: StudyScores): SeveralScores | undefined {
  return test.several === undefined ? undefined : { ...test.several, patients: test.patients };
}

/** What the endpoint measures of several classes. */
export function classMeasure(endpoint: EndpointKind, names: readonly string[]): ClassMeasure {
  if (endpoint.metric === 'hand-till') return { metric: 'hand-till' };
  if (endpoint.class === undefined) return { metric: 'macro-auroc' };
  return { metric: 'auroc', class: names.indexOf(endpoint.class.normalize('NFC')) };
}

export function armClassScores(
  { names, labels, patients }: SeveralScores,
  trials: readonly TrialScores[],
): ArmClassScores {
  return { labels, patients, classes: names.length, scores: trials.map(({ classes }) => classes!) };
}

export function pairedClassScores(
  { names, labels, patients }: SeveralScores,
  trials: readonly (readonly [TrialScores, TrialScores])[],
): PairedClassScores {
  return {
    ...{ labels, patients, classes: names.length },
    arm: trials.map(([arm]) => arm.classes!),
    control: trials.map(([, control]) => control.classes!),
  };
}

/** The most probable class of each record, by its index; of equal ones the first. */
export function calledClasses({ classes = [] }: Pick<TrialScores, 'classes'>): Uint8Array {
  return Uint8Array.from(classes[0] ?? [], (_, row) => {
    const own = classes.map((ofClass) => ofClass[row]!);
    return own.indexOf(Math.max(...own));
  });
}
