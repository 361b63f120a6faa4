import { sha256 } from '@chromaray/base';
import { trialTask } from '@chromaray/testing/trial-task';
import type { TrialResult } from '@chromaray/trials';
import { describe, expect, it } from 'vitest';
import { decodeResult, encodeResult } from './result-message.js';

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
const sent = (changes: Partial<TrialResult> = {}, worker = 'left') =>
  encodeResult(task, { ...result, ...changes }, worker);

describe('a result', () => {
  it('is after its journey what it was before, to the last bit', () => {
    expect(decodeResult(sent(), task)).toEqual({ result, worker: 'left' });
  });

  it.each<[fault: string, act: () => unknown]>([
    ['of another trial', () => decodeResult(sent(), trialTask({ fingerprint: sha256('another') }))],
    [
      'of another number of images',
      () => decodeResult(sent({ probabilities: { ...result.probabilities, test: Float32Array.of(1) } }), task),
    ],
    [
      'of another profile than was asked for',
      () => decodeResult(sent({ profile: { ...task.profile, processor: 'arm64 asimd' } }), task),
    ],
    ['that is no JSON', () => decodeResult({ ...sent(), numbers: '{' }, task)],
    [
      'with a key that nobody knows',
      () => decodeResult({ ...sent(), notes: sent().notes.replace('{', '{"x":1,') }, task),
    ],
  ])('%s is refused', (_, act) => {
    expect(act).toThrow(expect.objectContaining({ code: 'CHROMARAY_REMOTE_MESSAGE' }));
  });

  it('has the numbers of another run of the same trial whatever time, memory and machine that took', () => {
    const epochs = result.epochs.map((epoch) => ({ ...epoch, seconds: 99 }));
    const again = sent({ epochs, seconds: 9, imagesPerSecond: 7, idleShare: 0, peakMemoryBytes: 5 }, 'right');
    expect(again.numbers).toBe(sent().numbers);
    expect(again.notes).not.toBe(sent().notes);
  });

  it('has other numbers when one prediction differs by the last bit', () => {
    const validation = Float32Array.from(result.probabilities.validation);
    const bits = new DataView(validation.buffer);
    bits.setUint32(0, bits.getUint32(0, true) ^ 1, true);
    const other = sent({ probabilities: { ...result.probabilities, validation } });
    expect(other.numbers).not.toBe(sent().numbers);
    expect(sent({ modelHash: sha256('other') }).numbers).not.toBe(sent().numbers);
  });
});
