import { describe, expect, it } from 'vitest';
import type { Run } from './measurement.js';
import { formatTable, summarise } from './table.js';

const run = (secondsPerStep: number): Run => ({
  parameters: 1,
  secondsPerStep,
  peakBytes: 5e8,
  version: 'v',
  secondsToFirstStep: 2,
});

describe('summary of a bench', () => {
  const runs = new Map([
    ['pytorch', [run(0.2), run(0.4), run(0.2)]],
    ['chromaray', [run(0.25), run(0.4), run(0.1)]],
  ]);

  it('takes ratios within rounds, so that a slow minute of the machine does not count', () => {
    const [pytorch, chromaray] = summarise(runs, 32, 'pytorch');
    expect(pytorch?.ratio).toEqual([1, 1, 1]);
    expect(chromaray?.ratio).toEqual([1, 0.8, 2]);
    expect(chromaray?.imagesPerSecond).toBe(128);
  });

  it('shows no ratio when the reference is missing', () => {
    const results = summarise(runs, 32, undefined);
    expect(results.every(({ ratio }) => ratio === undefined)).toBe(true);
    expect(formatTable(results, undefined)).toMatchInlineSnapshot(`
      "           images/s  ratio  peak MB  first step s
      pytorch       160.0      -      500           2.0  v
      chromaray     128.0      -      500           2.0  v"
    `);
  });
});
