import { sha256 } from '@chromaray/base';
import { trialTask } from '@chromaray/testing/trial-task';
import type { TrialResult } from '@chromaray/trials';
import { describe, expect, it } from 'vitest';
import { decodeResult, encodeResult, resultBits, resultOf } from './result-message.js';

const task = trialTask({ fingerprint: sha256('task') });
const result: TrialResult = {
  epochs: [
    {
      ...{ epoch: 1, trainLoss: 0.7, trainAccuracy: 0.5, validationLoss: Number.NaN, validationAccuracy: 0.5 },
      ...{ validationAuroc: 0.61, learningRate: 0.001, seconds: 1.5 },
    },
  ],
  selectedEpoch: 1,
  stoppedBy: 'epochs',
  probabilities: {
    validation: Float32Array.of(0.1, 1 / 3, 5e-40, 1),
    test: Float32Array.of(0.25, Number.NaN, 0, 0.9999999),
  },
  ...{ seconds: 2, imagesPerSecond: 100, idleShare: 0.01, peakMemoryBytes: 1e8 },
  modelHash: sha256('model'),
  profile: task.profile,
};
const read = (changes: Partial<TrialResult> = {}, worker = 'left') =>
  decodeResult(encodeResult(task, { ...result, ...changes }, worker));

describe('a result', () => {
  it('is after its journey what it was before, to the last bit', () => {
    expect(resultOf(read(), task)).toEqual(result);
  });

  it('of another trial, or of another number of images, is refused', () => {
    const other = trialTask({ fingerprint: sha256('another') });
    const short = { ...result.probabilities, test: Float32Array.of(1) };
    for (const act of [() => resultOf(read(), other), () => resultOf(read({ probabilities: short }), task)]) {
      expect(act).toThrow(expect.objectContaining({ code: 'CHROMARAY_REMOTE_MESSAGE' }));
    }
  });

  it('has the bits of another run of the same trial whatever time, memory and machine that took', () => {
    const again = read({ seconds: 9, imagesPerSecond: 7, idleShare: 0, peakMemoryBytes: 5 }, 'right');
    expect(resultBits(again)).toBe(resultBits(read()));
  });

  it('has other bits when one prediction differs by the last bit of its number', () => {
    const validation = Float32Array.from(result.probabilities.validation);
    const bits = new DataView(validation.buffer);
    bits.setUint32(0, bits.getUint32(0, true) ^ 1, true);
    const other = read({ probabilities: { ...result.probabilities, validation } });
    expect(resultBits(other)).not.toBe(resultBits(read()));
    expect(resultBits(read({ modelHash: sha256('other') }))).not.toBe(resultBits(read()));
  });
});
