import { ChromarayError } from '@chromaray/base';
import type { EarlyStopping, EpochRecord, Monitor } from './fit-types.js';

/** How far a training is by the metric it is judged on. */
export interface FitProgress {
  /** Best epoch so far, from 1; 0 before the first. */
  readonly bestEpoch: number;
  readonly bestValue: number;
  /** Epochs since the metric improved by at least `minDelta`. */
  readonly waited: number;
  /** Value the next improvement is measured from. */
  readonly reference: number;
}

export function initialProgress({ mode }: Monitor): FitProgress {
  const worst = mode === 'min' ? Number.POSITIVE_INFINITY : Number.NEGATIVE_INFINITY;
  return { bestEpoch: 0, bestValue: worst, waited: 0, reference: worst };
}

/**
 * Takes an epoch into account. The best epoch is the one with the best value, however small the difference;
 * patience counts epochs that do not improve by more than `minDelta`. A value that is not a number never
 * counts as better. The first of equal epochs stays best.
 */
export function advance(
  progress: FitProgress,
  record: EpochRecord,
  monitor: Monitor,
  stopping?: EarlyStopping,
): FitProgress {
  const value = monitoredValue(record, monitor);
  const sign = monitor.mode === 'min' ? -1 : 1;
  const gain = (from: number) => sign * (value - from);
  const better = gain(progress.bestValue) > 0 || progress.bestEpoch === 0;
  const improved = gain(progress.reference) > (stopping?.minDelta ?? 0);
  return {
    bestEpoch: better ? record.epoch : progress.bestEpoch,
    bestValue: better && !Number.isNaN(value) ? value : progress.bestValue,
    waited: improved ? 0 : progress.waited + 1,
    reference: improved ? value : progress.reference,
  };
}

/** True when patience is used up. */
export function patienceIsOver(progress: FitProgress, stopping: EarlyStopping | undefined): boolean {
  return stopping !== undefined && progress.waited >= stopping.patience;
}

/** @throws ChromarayError `CHROMARAY_TRAINING_MONITOR` when the epoch has no such metric */
function monitoredValue(record: EpochRecord, { metric }: Monitor): number {
  const { loss, accuracy, validationLoss, validationAccuracy, metrics } = record;
  const known: Record<string, number | undefined> = { loss, accuracy, validationLoss, validationAccuracy, ...metrics };
  const value = known[metric];
  if (value !== undefined) return value;
  const names = Object.keys(known).filter((name) => known[name] !== undefined);
  throw new ChromarayError({
    code: 'CHROMARAY_TRAINING_MONITOR',
    message: `The metric to monitor, "${metric}", is not measured; there are ${names.join(', ')}.`,
    remedy: metric.startsWith('validation') ? 'Give validation examples, or monitor the loss.' : 'Choose one of these.',
    details: { metric, names },
  });
}
