import { trialTask } from '@chromaray/testing/trial-task';
import { describe, expect, it } from 'vitest';
import { startTrial } from './start-trial.js';

const never = new AbortController().signal;

describe('startTrial', { timeout: 120_000 }, () => {
  it('hands on the error of the trial as it was thrown in its process', async () => {
    await expect(startTrial(trialTask(), () => {}, never)).rejects.toMatchObject({
      code: expect.stringMatching(/^CHROMARAY_PACK_/),
      message: expect.stringContaining('/none.pack'),
      remedy: expect.any(String),
    });
  });

  it('ends the trial and throws the error of whoever cannot keep what it reports', async () => {
    const full = new Error('no room');
    const keep = (): void => {
      throw full;
    };
    await expect(startTrial(trialTask(), keep, never)).rejects.toBe(full);
  });
});
