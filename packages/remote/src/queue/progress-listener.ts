import type { TrialMessage } from '@chromaray/trials';
import type { TrialProgress } from './tickets.js';

/** Tells what is new in the progress of a trial, which a queue keeps whole. */
export class ProgressListener {
  private attempt: string | undefined;
  private started = false;
  private fallbacks = 0;
  private epoch = 0;
  private step = '';

  constructor(private readonly onMessage: (message: TrialMessage) => void) {}

  /** @throws what the listener throws */
  hear(progress: TrialProgress): void {
    if (progress.attempt !== this.attempt) {
      this.attempt = progress.attempt;
      this.started = false;
      this.fallbacks = 0;
      this.step = '';
    }
    if (progress.started === undefined) return;
    if (!this.started) {
      this.started = true;
      this.epoch = progress.started.resumedAtEpoch;
      this.onMessage({ kind: 'started', ...progress.started, worker: progress.worker });
    }
    for (; this.fallbacks < progress.fallbacks.length; this.fallbacks++) {
      this.onMessage({ kind: 'fallback', reason: progress.fallbacks[this.fallbacks]! });
    }
    for (const epoch of progress.epochs) this.hearEpoch(epoch);
    const { step } = progress;
    if (step === undefined || step.epoch <= this.epoch || this.step === JSON.stringify(step)) return;
    this.step = JSON.stringify(step);
    this.onMessage({ kind: 'step', ...step });
  }

  private hearEpoch({ epoch, ...figures }: TrialProgress['epochs'][number]): void {
    if (epoch <= this.epoch) return;
    this.epoch = epoch;
    // JSON has no NaN.
    const read = (value: number | null): number => value ?? Number.NaN;
    this.onMessage({
      kind: 'epoch',
      epoch: {
        epoch,
        trainLoss: read(figures.trainLoss),
        trainAccuracy: read(figures.trainAccuracy),
        validationLoss: read(figures.validationLoss),
        validationAccuracy: read(figures.validationAccuracy),
        validationAuroc: read(figures.validationAuroc),
        learningRate: read(figures.learningRate),
        seconds: read(figures.seconds),
      },
    });
  }
}
