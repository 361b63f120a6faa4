import type { Network } from './networks.js';

/** What is measured: a step of training (forward, loss, backward, update), or a batch predicted. */
export type Mode = 'training' | 'inference';

export const modes: readonly Mode[] = ['training', 'inference'];

/**
 * What time is: that of the clock on the wall, or the processor time of all threads. With one thread processor time
 * hardly depends on what else the machine does; with more, threads that wait by spinning count as working.
 */
export type Clock = 'wall' | 'cpu';

/** What every contender is asked alike. */
export interface Task {
  readonly network: Network;
  readonly mode: Mode;
  readonly batch: number;
  readonly threads: number;
  readonly warmUp: number;
  readonly steps: number;
  /** File of pretrained weights, for networks that start from one. */
  readonly weights?: string;
}

/** What one contender is asked besides: the way it is to do it. */
export interface Variant {
  /** Chromaray's backend. */
  readonly backend?: string;
  readonly precision?: 'float32' | 'bfloat16';
  /** PyTorch with torch.compile. */
  readonly compile?: boolean;
  /** Folder whose `node_modules` hold a peer written in JavaScript, and which of its backends to use. */
  readonly modules?: string;
  readonly device?: string;
}

/** What a contender prints as the last line of its output. */
export interface Measurement {
  /** Trainable parameters. */
  readonly parameters: number;
  /** Median seconds of a step. */
  readonly secondsPerStep: number;
  /** Median processor seconds of a step, all threads together. */
  readonly cpuSecondsPerStep: number;
  /** Largest resident set of the process, in bytes. */
  readonly peakBytes: number;
  /** Versions of what did the work. */
  readonly version: string;
  /** Share of a step spent outside of native kernels; of Chromaray's contenders only. */
  readonly ownShare?: number;
}

/** A measurement and what only the outside sees: seconds from the start of the process to the end of step 1. */
export interface Run extends Measurement {
  readonly secondsToFirstStep: number;
}

/** Seconds of a step by either clock. */
export function secondsOf(run: Measurement, clock: Clock): number {
  return clock === 'wall' ? run.secondsPerStep : run.cpuSecondsPerStep;
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length / 2;
  return sorted.length % 2 === 1 ? sorted[Math.floor(middle)]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}
