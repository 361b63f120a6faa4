import { listed, metric } from '@chromaray/base';
import type { ReportInput } from '../report-input.js';

/** Two-sided 5 % of the normal distribution: above its upper end a validation AUROC is more than guessing gives. */
const quantile = 1.96;

/** A trial whose network cannot be told from guessing. */
export interface UnlearnedTrial {
  readonly arm: string;
  readonly seed: number;
  readonly validationAuroc: number;
}

/**
 * Finished trials whose validation AUROC, at the epoch that was tested, lies where guessing would put it in 95 % of
 * cases: below 0.5 + 1.96 sqrt((p + n + 1) / (12 p n)) for p positive and n negative records, the null distribution of the
 * Mann-Whitney statistic.
 */
export function unlearnedTrials({ arms, verdict }: ReportInput): readonly UnlearnedTrial[] {
  const { positives: p, negatives: n } = verdict.counts.validation;
  if (p === 0 || n === 0) return [];
  const bound = 0.5 + quantile * Math.sqrt((p + n + 1) / (12 * p * n));
  return arms.flatMap(({ name, trials }) =>
    trials.flatMap(({ seed, state, selectedEpoch, epochs }) => {
      const validationAuroc = epochs.find(({ epoch }) => epoch === selectedEpoch)?.validationAuroc ?? null;
      if (state !== 'finished' || validationAuroc === null || validationAuroc > bound) return [];
      return [{ arm: name, seed, validationAuroc }];
    }),
  );
}

/** One sentence for a reader; nothing where every network learned. */
export function unlearnedSentence(input: ReportInput): string {
  const trials = unlearnedTrials(input);
  if (trials.length === 0) return '';
  const names = listed(
    trials.map(({ arm, seed, validationAuroc }) => `${arm}, seed ${seed} (${metric(validationAuroc)})`),
  );
  return trials.length === 1
    ? ` By its AUROC on the validation part the network of ${names} cannot be told from guessing: it is not shown to have learned, and its arm is judged with it.`
    : ` By their AUROC on the validation part the networks of ${names} cannot be told from guessing: they are not shown to have learned, and their arms are judged with them.`;
}
