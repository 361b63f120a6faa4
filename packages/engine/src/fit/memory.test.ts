import { describe, expect, it } from 'vitest';
import { buildPreset } from '../presets/registry.js';
import { tune } from '../transfer/tuning.js';
import { checkMemory, explainMemory, machineMemory } from './memory.js';
import { estimateTrainingMemory } from './size.js';

const gib = 2 ** 30;
const small = buildPreset('small', { seed: 1, height: 64, width: 64 });

describe('the memory of a training', () => {
  it('is refused when the machine has not got it, with numbers and a batch that fits', () => {
    const request = { model: small, backend: 'onnxruntime', label: 'The arm turbo', machineBytes: 4 * gib } as const;
    let error: { code: string; message: string; remedy: string } | undefined;
    try {
      checkMemory({ ...request, batch: 8192 });
    } catch (thrown) {
      error = thrown as typeof error;
    }
    expect(error).toMatchObject({
      code: 'CHROMARAY_TRAINING_MEMORY',
      message: expect.stringMatching(/^The arm turbo with batches of 8192 needs about .* GiB.*has 4\.0 GiB/),
    });
    const fits = Number(/batches of (\d+)/.exec(error!.remedy)![1]);
    expect(checkMemory({ ...request, batch: fits })).toBeLessThanOrEqual(4 * gib);
    expect(() => checkMemory({ ...request, batch: fits + 1 })).toThrow(/batches of/);
    expect(() => checkMemory({ ...request, batch: 1, machineBytes: 2 ** 20 })).toThrow(
      expect.objectContaining({ remedy: expect.stringContaining('even one picture') }),
    );
    expect(machineMemory()).toBeGreaterThan(gib / 4);
  });

  it('grows with batch and weights, and hardly with what is frozen', () => {
    const network = buildPreset('mobilenet-v1-0.25', { seed: 1 });
    const bytes = (batch: number, freeze: readonly string[] = []) =>
      estimateTrainingMemory(tune(network, { freeze }).model, batch, 'onednn');
    expect(bytes(128)).toBeGreaterThan(2 * bytes(32));
    expect(bytes(128, ['*'])).toBeLessThan(bytes(128) / 2);
    expect(bytes(128)).toBeLessThan(estimateTrainingMemory(network, 128, 'onnxruntime'));
  });

  it('that runs out is told with what to do; other errors stay as they are', () => {
    const recorded = [
      'bad allocation',
      'std::bad_alloc',
      'Failed to allocate memory for requested buffer of size 68719476736',
      'Non-zero status code returned while running Conv node. Status Message: bad_alloc',
    ].map((message) => new Error(message));
    const real = (() => {
      try {
        return new ArrayBuffer(2 ** 52);
      } catch (error) {
        return error;
      }
    })();
    for (const error of [...recorded, real]) {
      expect(explainMemory(error, 512, 3 * gib)).toMatchObject({
        code: 'CHROMARAY_TRAINING_MEMORY',
        message: expect.stringMatching(/batches of 512.*3\.0 GiB/),
        cause: error,
      });
    }
    const other = new Error('no such tensor');
    expect(explainMemory(other, 512, gib)).toBe(other);
  });
});
