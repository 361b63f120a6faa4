import { describe, expect, it } from 'vitest';
import type { Run } from './measurement.js';
import { formatTable, summarise } from './table.js';

const run = (secondsPerStep: number): Run => ({
  parameters: 1,
  secondsPerStep,
  cpuSecondsPerStep: 2 * secondsPerStep,
  peakBytes: 5e8,
  version: 'v',
  secondsToFirstStep: 2,
});

describe('summary of a bench', () => {
  const runs = new Map([
    ['pytorch', [run(0.2), run(0.4), run(0.2)]],
    ['onednn', [run(0.25), run(0.4), run(0.1)].map((own) => ({ ...own, ownShare: 0.012 }))],
  ]);

  it('takes ratios within rounds, so that a slow minute of the machine does not count', () => {
    const [pytorch, onednn] = summarise(runs, 32, ['pytorch']);
    expect(pytorch?.ratios.pytorch).toEqual([1, 1, 1]);
    expect(onednn?.ratios.pytorch).toEqual([1, 0.8, 2]);
    expect(onednn?.imagesPerSecond).toBe(128);
  });

  it('shows ratios to those that ran, and the reason of those that did not', () => {
    const results = summarise(runs, 32, ['pytorch', 'keras']);
    const failures = new Map([['tfjs-cpu', 'did not finish a step in 300 s']]);
    expect(
      formatTable([{ title: 'small, training, batch 32', results, failures }], ['pytorch', 'keras']),
    ).toMatchInlineSnapshot(`
      "           images/s         / pytorch  peak MB  first step s  own share
      small, training, batch 32
        pytorch     160.0  1.00 (1.00-1.00)      500           2.0             v
        onednn      128.0  1.00 (0.80-2.00)      500           2.0      1.2 %  v
        tfjs-cpu: did not finish a step in 300 s"
    `);
  });
});
