import { describe, expect, it } from 'vitest';
import { blobs, tinyNetwork } from '../../fit/blobs.test-support.js';
import { predict } from '../../prediction/predictor.js';
import { onnxruntimeBackend } from './backend.js';
import { fillDropoutMask } from './dropout-masks.js';

// What every backend must do is in ../conformance; here is what only ONNX Runtime does.

describe('the onnxruntime backend', () => {
  it('says what it is and what it can run on', () => {
    const { name, version, device, providers } = onnxruntimeBackend.describe();
    expect([name, version]).toEqual(['onnxruntime', expect.stringMatching(/^\d+\.\d+\.\d+/)]);
    expect(device).toMatch(/thread/);
    expect(providers).toContain('cpu');
  });

  it('leaves the arithmetic of JavaScript as it is', async () => {
    const smallest = () => Number.MIN_VALUE * Math.max(1, process.pid);
    const before = smallest();
    await predict(tinyNetwork().model, blobs(2, 1), { threads: 1 });
    expect(before).toBeGreaterThan(0);
    expect(smallest()).toBe(before);
  });
});

describe('dropout masks', () => {
  const mask = { input: 'step/mask/0', shape: [100_001], ratio: 0.4 };
  const filled = (seed: number, step: number, input = mask.input) => {
    const into = new Uint8Array(100_001);
    fillDropoutMask(into, { ...mask, input }, seed, step);
    return into;
  };

  it('drop the share asked for', () => {
    const kept = filled(1, 1).reduce((sum, value) => sum + value, 0) / 100_001;
    expect(kept).toBeGreaterThan(0.59);
    expect(kept).toBeLessThan(0.61);
  });

  it('follow from seed, step and place alone', () => {
    expect(filled(1, 7)).toEqual(filled(1, 7));
    for (const other of [filled(2, 7), filled(1, 8), filled(1, 7, 'step/mask/1')]) {
      expect(other).not.toEqual(filled(1, 7));
    }
  });
});
