import type { Exchange } from '../exchange/exchange.js';

/**
 * Puts the checkpoints of one trial into an exchange while it trains, one after the other and never more than the newest:
 * a slow exchange must not hold up training, nor pile up copies.
 */
export class CheckpointKeeper {
  private newest = 0;
  private kept = 0;
  private running: Promise<void> | undefined;

  constructor(
    private readonly exchange: Pick<Exchange, 'putCheckpoint'>,
    private readonly trial: string,
    private readonly folder: string,
    private readonly signal: AbortSignal,
  ) {}

  /** An epoch was done, and its checkpoint lies in the folder. */
  epoch(epoch: number): void {
    this.newest = epoch;
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
      while (this.kept < this.newest) {
        const epoch = this.newest;
        // Written to faster than it is read: the next epoch tries again.
        if (!(await this.exchange.putCheckpoint(this.trial, epoch, this.folder, this.signal))) return;
        this.kept = epoch;
      }
    } catch {
      // The result, or the next checkpoint, meets the same trouble and tells of it.
    }
  }
}
