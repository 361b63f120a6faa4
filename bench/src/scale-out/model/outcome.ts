import type { SharedResource } from './shared-resource.js';
import type { SingleServer } from './single-server.js';

/** What came out of a simulated study. */
export interface Outcome {
  readonly workers: number;
  readonly seconds: number;
  /** Seconds if every worker trained all the time and nothing else cost anything. */
  readonly idealSeconds: number;
  /** `idealSeconds / seconds`. */
  readonly efficiency: number;
  /** Share of the workers' time spent fetching packs. */
  readonly fetching: number;
  readonly losses: number;
  /** Seconds by which a loss delays its trial, on average: work since the last checkpoint, the lease, starting again. */
  readonly secondsPerLoss: number;
  readonly bytesOut: number;
  readonly bytesIn: number;
  /** Shares of the whole time. */
  readonly linkFull: number;
  readonly coordinatorBusy: number;
  readonly queueBusy: number;
  readonly queueRequestsPerSecond: number;
  /** Longest time, in seconds, that something waited for the coordinator's thread. */
  readonly coordinatorLag: number;
}

export function shareOf(server: SingleServer, seconds: number): number {
  return Math.min(1, server.busySeconds / seconds);
}

export function fullShareOf(link: SharedResource, seconds: number): number {
  return link.fullSeconds / seconds;
}
