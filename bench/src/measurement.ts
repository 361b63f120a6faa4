import type { Network } from './networks.js';

/** What a contender is asked to do, in a process of its own. */
export interface Task {
  readonly network: Network;
  readonly batch: number;
  readonly threads: number;
  readonly warmUp: number;
  readonly steps: number;
  readonly backend?: string;
}

/** What it prints as the last line of its output. */
export interface Measurement {
  readonly parameters: number;
  /** Median seconds of one training step: forward, backward and update. */
  readonly secondsPerStep: number;
  /** Largest resident set of the process, in bytes. */
  readonly peakBytes: number;
  /** Versions of what did the work. */
  readonly version: string;
}

/** A measurement and what only the outside sees: seconds from the start of the process to the end of step 1. */
export interface Run extends Measurement {
  readonly secondsToFirstStep: number;
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length / 2;
  return sorted.length % 2 === 1 ? sorted[Math.floor(middle)]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}
