import { setTimeout as wait } from 'node:timers/promises';
import { isChromarayError } from '@chromaray/base';

/** Errors of an exchange that may pass: it is being restarted, or somebody makes room. */
const passing = new Set(['CHROMARAY_EXCHANGE_UNREACHABLE', 'CHROMARAY_EXCHANGE_FULL']);

/** Milliseconds between two tries: doubled each time, up to this. */
const pauses = { first: 200, longest: 5000 };

/** How long something is tried, from the last progress on. */
export class Patience {
  private begun = performance.now();
  private pause = pauses.first;

  constructor(
    private readonly milliseconds: number,
    private readonly signal: AbortSignal,
  ) {}

  /** Something was achieved: all patience is there again. */
  progress(): void {
    this.begun = performance.now();
    this.pause = pauses.first;
  }

  /** Waits before the next try. @throws the error when it does not pass, or patience has ended; the signal's reason */
  async afterFailure(error: unknown): Promise<void> {
    this.signal.throwIfAborted();
    if (!isPassing(error)) throw error;
    const left = this.milliseconds - (performance.now() - this.begun);
    if (left <= 0) throw error;
    // Workers that lost the same server do not come back all at once.
    const pause = Math.min(left, this.pause * (0.5 + Math.random()));
    this.pause = Math.min(pauses.longest, this.pause * 2);
    await wait(pause, undefined, { signal: this.signal }).catch(() => this.signal.throwIfAborted());
  }
}

/** Tries until it succeeds, fails for good, or patience ends. */
export async function patiently<T>(milliseconds: number, signal: AbortSignal, attempt: () => Promise<T>): Promise<T> {
  const patience = new Patience(milliseconds, signal);
  for (;;) {
    signal.throwIfAborted();
    try {
      return await attempt();
    } catch (error) {
      await patience.afterFailure(error);
    }
  }
}

function isPassing(error: unknown): boolean {
  return isChromarayError(error) && passing.has((error as { code: string }).code);
}
