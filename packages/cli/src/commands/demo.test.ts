import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { openStudyStore } from '@chromaray/store';
import { describe, expect, it } from 'vitest';
import { run } from '../program.test-support.js';
import { temporaryFolder } from '../temporary-folder.test-support.js';

const folder = temporaryFolder();
const signal = AbortSignal.abort();

/** A demo's folder with one trial in the given state. */
function earlierDemo(name: string, finished: boolean): { readonly out: string; readonly store: string } {
  const out = path.join(folder.path, name);
  const root = path.join(out, 'studies', 'demo');
  mkdirSync(root, { recursive: true });
  const store = path.join(root, 'study.db');
  const open = openStudyStore(store);
  const trial = { arm: 'gray', seed: 1 };
  open.plan([{ ...trial, fingerprint: 'f' }]);
  open.start(trial, { backend: 'onnxruntime', precision: 'float32', threads: 1, parameters: 1 });
  const summary = { seconds: 1, epochsRun: 1, bestEpoch: 1, imagesPerSecond: 1, peakMemoryBytes: 1, details: {} };
  if (finished) open.complete(trial, summary, []);
  open.close();
  writeFileSync(path.join(root, 'report.html'), '');
  return { out, store };
}

describe('demo', () => {
  it('stopped by Ctrl-C ends with 130 and no stack', async () => {
    const { exitCode, err } = await run(['demo', '--out', path.join(folder.path, 'new')], { signal });
    expect(exitCode).toBe(130);
    expect(err).toContain('→ Run the same command again');
    expect(err).not.toMatch(/\n\s+at /);
  });

  it('keeps what an interrupted demo has done, so that the same command goes on', async () => {
    const { out, store } = earlierDemo('interrupted', false);
    await run(['demo', '--out', out], { signal });
    expect(existsSync(store)).toBe(true);
  });

  it('starts anew after a finished one', async () => {
    const { out, store } = earlierDemo('finished', true);
    await run(['demo', '--out', out], { signal });
    expect(existsSync(store)).toBe(false);
  });
});
