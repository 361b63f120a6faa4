import type { TrainingSection } from '@chromaray/contracts';

/** What a ranking needs of an epoch. */
export interface ValidatedEpoch {
  readonly epoch: number;
  readonly validationLoss: number | null;
  readonly validationAuroc: number | null;
}

/** What a candidate has reached on the validation part. */
export interface CandidateScore {
  readonly candidate: number;
  readonly auroc: number;
  readonly loss: number;
  readonly selectedEpoch: number;
}

/**
 * The score of a candidate after so many epochs: AUROC on the validation part of the epoch whose weights would be tested
 * then, by the study's own rule. Undefined where there is no epoch, or its figures are no numbers.
 */
export function scoreAfter(
  candidate: number,
  epochs: readonly ValidatedEpoch[],
  most: number,
  select: TrainingSection['select'],
): CandidateScore | undefined {
  const known = epochs.filter(({ epoch }) => epoch <= most);
  const chosen =
    select === 'last'
      ? known.at(-1)
      : known.reduce<ValidatedEpoch | undefined>(
          (best, one) => (best === undefined || lossOf(one) < lossOf(best) ? one : best),
          undefined,
        );
  if (chosen === undefined) return undefined;
  const { validationAuroc: auroc, validationLoss: loss, epoch } = chosen;
  if (auroc === null || loss === null || Number.isNaN(auroc) || Number.isNaN(loss)) return undefined;
  return { candidate, auroc, loss, selectedEpoch: epoch };
}

function lossOf({ validationLoss }: ValidatedEpoch): number {
  return validationLoss === null || Number.isNaN(validationLoss) ? Number.POSITIVE_INFINITY : validationLoss;
}

/** From the best: by AUROC, then by loss, then by number. Depends on nothing but the scores. */
export function ranked(scores: readonly CandidateScore[]): readonly CandidateScore[] {
  return [...scores].sort((a, b) => b.auroc - a.auroc || a.loss - b.loss || a.candidate - b.candidate);
}
