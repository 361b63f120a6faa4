import { counted } from '@chromaray/base';
import type { ReportInput } from './report-input.js';

type Tested = Pick<ReportInput, 'verdict'>;

/** Trainings beyond those that a report lists one by one: of other folds, or of other splits. */
export interface OtherTrainings {
  readonly of: 'fold' | 'split';
  readonly asked: number;
}

/** What a study trains in addition to its first fold or split; null where there is one alone. */
export function otherTrainings({ verdict: { folds, comparisons } }: Tested): OtherTrainings | null {
  if (folds !== undefined) return { of: 'fold', asked: folds.asked };
  const asked = comparisons[0]?.acrossSplits?.asked ?? 1;
  return asked > 1 ? { of: 'split', asked } : null;
}

/** As the end of a phrase that names trials: ` of the first fold`; empty where there are no others. */
export function ofTheFirst(input: Tested): string {
  const others = otherTrainings(input);
  return others === null ? '' : ` of the first ${others.of}`;
}

/** Where trainings are that are not listed; empty where there are none. */
export function listedElsewhere(input: Tested): string {
  const others = otherTrainings(input);
  if (others === null) return '';
  const rest = others.asked - 1;
  return ` Those of the other ${counted(rest, others.of)} are in the folder splits.`;
}

/** What balancing did: with folds its numbers are those of the first one's training part. */
export function balanceText({ balance, verdict }: Pick<ReportInput, 'balance' | 'verdict'>): string {
  return verdict.folds === undefined || !/\d/.test(balance)
    ? balance
    : `${balance} These numbers are those of the first fold.`;
}
