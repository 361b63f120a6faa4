/**
 * The clock of a server that several simulated readers read on at once. Looks at pictures let it run on for all; the weeks
 * before a session pass only when every reader waits for one, so that nobody's session is interrupted by them.
 */
export class SharedClock {
  private readonly waiting: (() => void)[] = [];
  private latest = Number.NEGATIVE_INFINITY;

  /**
   * @param time milliseconds, as `Date.now` counts them
   * @param readers who read; each ends with {@link leave}
   */
  constructor(
    private time: number,
    private readers: number,
  ) {}

  readonly now = (): number => this.time;

  readonly pass = (milliseconds: number): void => {
    this.time += milliseconds;
  };

  /** Resolves when all who still read wait, at the latest of the times that they wait for. */
  readonly until = (time: number): Promise<void> => {
    this.latest = Math.max(this.latest, time);
    const passed = new Promise<void>((resolve) => this.waiting.push(resolve));
    this.passWeeks();
    return passed;
  };

  leave(): void {
    this.readers--;
    this.passWeeks();
  }

  private passWeeks(): void {
    if (this.waiting.length === 0 || this.waiting.length < this.readers) return;
    this.time = Math.max(this.time, this.latest);
    this.latest = Number.NEGATIVE_INFINITY;
    for (const resolve of this.waiting.splice(0)) resolve();
  }
}
