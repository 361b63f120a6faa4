import type { Clock } from './clock.js';

/** What does one thing at a time, in the order in which they came: the coordinator's thread, the queue's. */
export class SingleServer {
  private freeAt = 0;
  busySeconds = 0;
  longestWait = 0;

  constructor(private readonly clock: Clock) {}

  /** @param seconds how long it takes when nothing is before it */
  do(seconds: number, done: () => void = () => {}): void {
    const start = Math.max(this.clock.now, this.freeAt);
    this.longestWait = Math.max(this.longestWait, start - this.clock.now);
    this.freeAt = start + seconds;
    this.busySeconds += seconds;
    this.clock.after(this.freeAt - this.clock.now, done);
  }
}
