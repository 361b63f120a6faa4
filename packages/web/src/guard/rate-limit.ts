import { codedError } from '@chromaray/contracts/errors';

/**
 * Lets a number of events happen at once and then so many a second (a bucket of tokens): against a page that has gone
 * wrong, and against guessing.
 */
export class RateLimit {
  private left: number;
  private at: number;

  /**
   * @param burst events that may happen at once
   * @param perSecond events a second in the long run
   * @param now milliseconds of a clock that never goes back
   */
  constructor(
    private readonly burst: number,
    private readonly perSecond: number,
    private readonly now: () => number = () => performance.now(),
  ) {
    this.left = burst;
    this.at = now();
  }

  /** Counts one event. @returns false when it is one too many; such an event is not counted */
  take(): boolean {
    const now = this.now();
    this.left = Math.min(this.burst, this.left + ((now - this.at) / 1000) * this.perSecond);
    this.at = now;
    if (this.left < 1) return false;
    this.left -= 1;
    return true;
  }

  /** @throws ChromarayError `CHROMARAY_WEB_RATE` when it is one too many */
  check(what: string): void {
    if (!this.take()) throw codedError('CHROMARAY_WEB_RATE', { message: `${what}: too many in a short time.` });
  }
}
