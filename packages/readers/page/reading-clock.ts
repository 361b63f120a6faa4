/** Time on a picture; it stands still during pauses and while the page is hidden. */
export class ReadingClock {
  private elapsed = 0;
  private since: number | undefined = performance.now();

  stop(): void {
    if (this.since !== undefined) this.elapsed += performance.now() - this.since;
    this.since = undefined;
  }

  go(): void {
    this.since ??= performance.now();
  }

  /** To 100 ms, as long as a person can tell. */
  get milliseconds(): number {
    const running = this.since === undefined ? 0 : performance.now() - this.since;
    return Math.min(86_400_000, 100 * Math.round((this.elapsed + running) / 100));
  }
}
