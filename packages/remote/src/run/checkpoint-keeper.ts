import type { Exchange } from '../exchange/exchange.js';

/** The most of a trial's time that goes into putting its checkpoints away, and the longest pause between two, in milliseconds. */
const [mostShare, longestPause] = [0.03, 60_000];

/**
 * Puts the checkpoints of one trial into an exchange while it trains, one after the other and never more than the newest:
 * a slow exchange must not hold up training, nor pile up copies. Where epochs are short against what one costs, some are passed over.
 */
export class CheckpointKeeper {
  private newest = 0;
  private kept = 0;
  private running: Promise<void> | undefined;
  private notBefore = 0;

  constructor(
    private readonly exchange: Pick<Exchange, 'putCheckpoint'>,
    private readonly trial: string,
    private readonly folder: string,
    private readonly signal: AbortSignal,
    /** A clock in milliseconds that never goes back. */
    private readonly now = () => performance.now(),
  ) {}

  /** An epoch was done, and its checkpoint lies in the folder. */
  epoch(epoch: number): void {
    this.newest = epoch;
    if (this.now() < this.notBefore) return;
    this.running ??= this.run().finally(() => {
      this.running = undefined;
    });
  }

  /** Waits for what is under way; tries once more when the newest is not there yet. Training has ended. */
  async last(): Promise<void> {
    await this.running;
    if (this.kept < this.newest) await this.run();
  }

  /** Waits for what is under way; a signal before it ends it soon. Afterwards nobody reads the folder. */
  async idle(): Promise<void> {
    await this.running;
  }

  /** A checkpoint that cannot be put away costs at most the epochs since the last: no reason to stop the trial. */
  private async run(): Promise<void> {
    try {
      const epoch = this.newest;
      const begun = this.now();
      // Written to faster than it is read: the next epoch tries again.
      if (!(await this.exchange.putCheckpoint(this.trial, epoch, this.folder, this.signal))) return;
      this.kept = epoch;
      const end = this.now();
      this.notBefore = end + Math.min(longestPause, (end - begun) * (1 / mostShare - 1));
    } catch {
      // The result, or the next checkpoint, meets the same trouble and tells of it.
    }
  }
}
