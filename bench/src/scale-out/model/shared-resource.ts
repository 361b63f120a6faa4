import type { Appointment, Clock } from './clock.js';

interface Job {
  left: number;
  readonly limit: number;
  readonly done: () => void;
}

/** Ends a job that is not done; what it got done is lost. */
export type Withdraw = () => void;

/**
 * What is shared evenly by all who use it at the same time: a link (bytes a second) or the cores of a machine (core seconds a
 * second). Nobody gets more than its own limit; what one cannot use, the others share.
 */
export class SharedResource {
  private readonly jobs = new Set<Job>();
  private since = 0;
  private next: Appointment | undefined;
  /** Seconds in which it was used to the full. */
  fullSeconds = 0;

  /** @param capacity amount a second for all together */
  constructor(
    private readonly clock: Clock,
    private readonly capacity: number,
  ) {}

  /** @param limit the most that this job takes in a second */
  use(amount: number, limit: number, done: () => void): Withdraw {
    this.settle();
    const job: Job = { left: amount, limit, done };
    this.jobs.add(job);
    this.plan();
    return () => {
      this.settle();
      this.jobs.delete(job);
      this.plan();
    };
  }

  /** Brings every job's rest up to now. */
  private settle(): void {
    const seconds = this.clock.now - this.since;
    this.since = this.clock.now;
    if (seconds <= 0 || this.jobs.size === 0) return;
    const rates = this.rates();
    let total = 0;
    for (const [job, rate] of rates) {
      job.left = Math.max(0, job.left - rate * seconds);
      total += rate;
    }
    if (total >= this.capacity * (1 - 1e-9)) this.fullSeconds += seconds;
  }

  /** Max-min fair shares: the smallest limits are served first, the rest is divided among those that remain. */
  private rates(): ReadonlyMap<Job, number> {
    const waiting = [...this.jobs].sort((a, b) => a.limit - b.limit);
    const rates = new Map<Job, number>();
    let free = this.capacity;
    for (const [i, job] of waiting.entries()) {
      const rate = Math.min(job.limit, free / (waiting.length - i));
      rates.set(job, rate);
      free -= rate;
    }
    return rates;
  }

  private plan(): void {
    if (this.next !== undefined) this.next.cancelled = true;
    this.next = undefined;
    let soonest = Number.POSITIVE_INFINITY;
    for (const [job, rate] of this.rates()) soonest = Math.min(soonest, rate > 0 ? job.left / rate : soonest);
    if (soonest < Number.POSITIVE_INFINITY) this.next = this.clock.after(soonest, () => this.finish());
  }

  private finish(): void {
    this.next = undefined;
    this.settle();
    // Rounding leaves a trifle of a job that is due now; a job that could not move the clock would be planned for ever.
    const due = [...this.jobs].filter(({ left, limit }) => left <= limit * 1e-6);
    for (const job of due) this.jobs.delete(job);
    this.plan();
    for (const { done } of due) done();
  }
}
