import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { type PackedTrial, packTrial } from '@chromaray/testing/packed-trial';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { executionProfile } from './execution-profile.js';
import { runTrial } from './run-trial.js';
import type { TrialMessage } from './trial-runner.js';

const never = new AbortController().signal;

/** What this machine would compute by, had it another processor. */
const onProcessor =
  (processor: string): typeof executionProfile =>
  (training, threads) => ({ ...executionProfile(training, threads), processor });

describe('a trial that was begun by one execution profile', () => {
  const root = mkdtempSync(path.join(os.tmpdir(), 'chromaray-trial-'));
  let packed: PackedTrial;
  beforeAll(async () => {
    packed = await packTrial(root);
  });
  afterAll(() => rmSync(root, { recursive: true, force: true }));

  async function begin(run: string, profileOf: typeof executionProfile): Promise<void> {
    const stop = new AbortController();
    const follow = ({ kind }: TrialMessage): void => {
      if (kind === 'epoch') stop.abort();
    };
    await expect(runTrial(packed.task, packed.files(run), follow, stop.signal, profileOf)).rejects.toMatchObject({
      code: 'CHROMARAY_TRAINING_CANCELLED',
    });
  }

  it('begins anew by another, and says so', async () => {
    await begin('moved', onProcessor('x64 amx_bf16'));
    const seen: TrialMessage[] = [];
    const files = packed.files('moved');
    const result = await runTrial(packed.task, files, (said) => void seen.push(said), never, onProcessor('x64 avx2'));
    expect(seen).toContainEqual({ kind: 'fallback', reason: expect.stringMatching(/amx_bf16.*avx2.*begins anew/) });
    expect(seen).toContainEqual(expect.objectContaining({ kind: 'started', resumedAtEpoch: 0 }));
    expect(result.epochs.map(({ epoch }) => epoch)).toEqual([1, 2, 3]);
    expect(result.profile.processor).toBe('x64 avx2');
    const whole = await runTrial(packed.task, packed.files('whole'), () => {}, never, onProcessor('x64 avx2'));
    expect(result.modelHash).toBe(whole.modelHash);
  });

  it('goes on by the same', async () => {
    await begin('same', onProcessor('x64 avx2'));
    const seen: TrialMessage[] = [];
    await runTrial(packed.task, packed.files('same'), (said) => void seen.push(said), never, onProcessor('x64 avx2'));
    expect(seen.filter(({ kind }) => kind === 'fallback')).toEqual([]);
    expect(seen).toContainEqual(expect.objectContaining({ kind: 'started', resumedAtEpoch: 1 }));
  });
});
