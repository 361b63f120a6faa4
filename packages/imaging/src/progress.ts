/** How far a long piece of work has come. */
export interface Progress {
  readonly done: number;
  readonly total: number;
  /** Averaged over the work so far. */
  readonly ratePerSecond: number;
  readonly secondsLeft: number;
}

export type ProgressListener = (progress: Progress) => void;

/** Counts finished pieces and calls a listener, at most ten times a second and at the end. */
export class ProgressMeter {
  private readonly start = performance.now();
  private lastTold = Number.NEGATIVE_INFINITY;
  private done = 0;

  constructor(
    private readonly total: number,
    private readonly listener: ProgressListener | undefined,
  ) {}

  add(pieces: number): void {
    this.done += pieces;
    const now = performance.now();
    if (this.done < this.total && now - this.lastTold < 100) return;
    this.lastTold = now;
    const ratePerSecond = this.done / Math.max(1e-3, (now - this.start) / 1000);
    const secondsLeft = (this.total - this.done) / ratePerSecond;
    this.listener?.({ done: this.done, total: this.total, ratePerSecond, secondsLeft });
  }
}
