import type { GradientOutput, GradientSession } from './backend.js';
import type { GradientGraph } from './gradient-graph.js';

/** One run of a whole batch. The arrays may be overwritten by the next run. */
export type RunBatch = (pixels: Uint8Array) => Promise<GradientOutput>;

/**
 * A gradient session on top of runs of a fixed number of examples: what is left over is run beside whatever the
 * memory holds, since no example looks at another.
 */
export function gradientSession(
  { pixels }: GradientGraph,
  shape: readonly number[],
  runBatch: RunBatch,
  release: () => Promise<void>,
): GradientSession {
  const [batch, ...example] = pixels.shape as [number, ...number[]];
  const bytes = example.reduce((a, b) => a * b, 1);
  const padded = new Uint8Array(batch * bytes);
  return {
    shape,
    release,
    async run(all, count) {
      let joined: GradientOutput | undefined;
      for (let first = 0; first < count; first += batch) {
        const now = Math.min(batch, count - first);
        const part = all.subarray(first * bytes, (first + now) * bytes);
        if (part.length < now * bytes) {
          throw new RangeError(`Given ${all.length} bytes of pixels where ${count * bytes} are needed.`);
        }
        if (now < batch) padded.set(part);
        const found = await runBatch(now < batch ? padded : part);
        joined ??= emptyFor(found, batch, count);
        for (const key of ['output', 'value', 'gradient'] as const) {
          const size = found[key].length / batch;
          joined[key].set(found[key].subarray(0, now * size), first * size);
        }
      }
      return joined ?? { output: new Float32Array(), value: new Float32Array(), gradient: new Float32Array() };
    },
  };
}

function emptyFor(found: GradientOutput, batch: number, count: number): GradientOutput {
  const space = (values: Float32Array): Float32Array => new Float32Array((values.length / batch) * count);
  return { output: space(found.output), value: space(found.value), gradient: space(found.gradient) };
}
