import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readersDemo } from './demo.js';

const out = mkdtempSync(path.join(tmpdir(), 'chromaray-readers-demo-'));
let done: Awaited<ReturnType<typeof readersDemo>>;
beforeAll(async () => {
  done = await readersDemo({ out });
});
afterAll(() => rmSync(out, { recursive: true }));

describe('the demo of reader studies', () => {
  it('has every reading of five readers, 40 cases and two arms, with the washout kept and no deviation', () => {
    const { protocol } = done.analysis;
    expect(done.read.ratings).toHaveLength(5 * 40 * 2);
    expect(protocol!.deviations).toEqual([]);
    expect(protocol!.washout).toMatchObject({ plannedDays: 28, broken: [] });
    expect(protocol!.washout!.shortestDays).toBeGreaterThanOrEqual(28);
  });

  it('comes to a comparison of the arms, readers and cases random', () => {
    expect(done.analysis.comparisons).toHaveLength(1);
    expect(done.analysis.arms.every(({ mean }) => mean > 0.6 && mean < 1)).toBe(true);
  });
});
