import { performance } from 'node:perf_hooks';
import type { BatchMemory, ExampleSource } from '../training/types.js';

/** Examples of one step, in memory that is used again two batches later. */
export interface Batch extends BatchMemory {
  readonly count: number;
  /** Positions of the examples in their source. */
  readonly indices: Int32Array;
}

/** Time spent waiting for examples while nothing else could be done, in seconds. */
export interface Waiting {
  seconds: number;
}

/**
 * Reads the examples of `order` batch by batch, one batch ahead: while the caller works on a batch, the next
 * one is being read into a second memory (by a source that reads asynchronously). The last batch is smaller
 * when the examples do not divide evenly; nothing is padded, dropped or repeated.
 */
export class BatchReader {
  private readonly memories: readonly [BatchMemory, BatchMemory];

  constructor(
    private readonly source: ExampleSource,
    private readonly size: number,
  ) {
    this.memories = [allocate(source, size), allocate(source, size)];
  }

  /**
   * @param epoch from 1, for sources that draw from it; 0 where every pass is the same
   * @param begin the batch to begin with
   */
  async *read(
    order: Int32Array,
    waiting: Waiting = { seconds: 0 },
    epoch = 0,
    begin = 0,
  ): AsyncGenerator<Batch, void, void> {
    let pending = this.start(order, begin * this.size, waiting, epoch);
    try {
      for (let first = begin * this.size; first < order.length; first += this.size) {
        const begun = performance.now();
        const batch = await pending;
        waiting.seconds += (performance.now() - begun) / 1000;
        pending = this.start(order, first + this.size, waiting, epoch);
        yield batch!;
      }
    } finally {
      // A caller that stops early must not leave a read writing into memory that is used again.
      await pending.catch(() => undefined);
    }
  }

  private start(order: Int32Array, first: number, waiting: Waiting, epoch: number): Promise<Batch | undefined> {
    if (first >= order.length) return Promise.resolve(undefined);
    const indices = order.subarray(first, first + this.size);
    const count = indices.length;
    const memory = this.memories[(first / this.size) % 2]!;
    const batch: Batch = { count, indices, ...memory };
    const begun = performance.now();
    try {
      const at = { epoch, batch: first / this.size };
      const reading = this.source.read(indices, part(memory, count, this.source.targetSize), at);
      waiting.seconds += (performance.now() - begun) / 1000;
      const read = Promise.resolve(reading).then(() => batch);
      // The error is met where the batch is awaited, which may be a step later.
      read.catch(() => undefined);
      return read;
    } catch (error) {
      const failed = Promise.reject(error);
      failed.catch(() => undefined);
      return failed;
    }
  }
}

function allocate(source: ExampleSource, size: number): BatchMemory {
  const most = Math.min(size, source.count);
  const [channels, height, width] = source.shape;
  return {
    pixels: new Uint8Array(most * channels * height * width),
    targets: new Float32Array(most * source.targetSize),
    weights: new Float32Array(most).fill(1),
  };
}

function part(memory: BatchMemory, count: number, targetSize: number): BatchMemory {
  if (count === memory.weights.length) return memory;
  const size = memory.pixels.length / memory.weights.length;
  return {
    pixels: memory.pixels.subarray(0, count * size),
    targets: memory.targets.subarray(0, count * targetSize),
    weights: memory.weights.subarray(0, count),
  };
}
