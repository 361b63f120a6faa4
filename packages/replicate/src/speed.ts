import type { PublishedResult, Speed } from '@chromaray/contracts';
import type { StoredEpoch, StoredTrial } from '@chromaray/store';

/** Training accuracy from which a network counts as having learned its training part. */
export const learnedAccuracy = 0.9;

/** @param perEpoch pictures of an epoch */
export function speedOf(trial: StoredTrial, epochs: readonly StoredEpoch[], perEpoch: number): Speed {
  const learned = epochs.find(({ trainAccuracy }) => (trainAccuracy ?? 0) >= learnedAccuracy);
  const seconds = epochs.reduce((sum, epoch) => sum + epoch.seconds, 0);
  return {
    imagesPerSecond: trial.imagesPerSecond,
    secondsPerEpoch: epochs.length === 0 ? 0 : seconds / epochs.length,
    imagesUntilLearned: learned === undefined ? null : learned.epoch * perEpoch,
    imagesSeen: epochs.length * perEpoch,
  };
}

/** Seconds that the training as published, with all its epochs and pictures, takes at a measured speed. */
export function publishedTrainingSeconds(
  { epochs, trainedOn }: PublishedResult,
  { imagesPerSecond }: Speed,
): number | null {
  return imagesPerSecond === null ? null : (epochs * trainedOn) / imagesPerSecond;
}

/** The mean over an arm's seeds. */
export function meanSpeed(speeds: readonly Speed[]): Speed {
  const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
  const rates = speeds.flatMap(({ imagesPerSecond }) => imagesPerSecond ?? []);
  const learned = speeds.flatMap(({ imagesUntilLearned }) => imagesUntilLearned ?? []);
  return {
    imagesPerSecond: rates.length === 0 ? null : mean(rates),
    secondsPerEpoch: mean(speeds.map(({ secondsPerEpoch }) => secondsPerEpoch)),
    imagesUntilLearned: learned.length < speeds.length ? null : mean(learned),
    imagesSeen: mean(speeds.map(({ imagesSeen }) => imagesSeen)),
  };
}

/**
 * How many times fewer pictures one network needed to learn than another. One that never learned did not need
 * fewer (0); where the other never learned, all it saw is a lower bound; null where neither learned.
 */
export function learningRatio(fast: Speed, slow: Speed): number | null {
  if (fast.imagesUntilLearned === null) return slow.imagesUntilLearned === null ? null : 0;
  return (slow.imagesUntilLearned ?? slow.imagesSeen) / fast.imagesUntilLearned;
}
