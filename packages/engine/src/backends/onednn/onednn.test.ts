import { describe, expect, it } from 'vitest';
import { tinyNetwork } from '../../fit/blobs.test-support.js';
import type { BackendOptions } from '../backend.js';
import { createBackend } from '../registry.js';
import { onednnAvailable } from './available.test-support.js';
import { onednnBackend } from './backend.js';
import { activationType } from './session/precision.js';

// What every backend must do is in ../conformance; here is what only oneDNN does.

const open = (options: BackendOptions) =>
  onednnBackend.train(
    { model: tinyNetwork(), loss: { kind: 'binary-cross-entropy' }, optimizer: { kind: 'adam' }, seed: 1 },
    8,
    options,
  );

describe.skipIf(!onednnAvailable)('the onednn backend (needs the oneDNN library)', () => {
  it('is found by name and says what it is', () => {
    expect(createBackend('onednn')).toBe(onednnBackend);
    expect(onednnBackend.describe()).toMatchObject({
      name: 'onednn',
      version: expect.stringMatching(/^[23]\.\d+/),
      providers: ['cpu'],
    });
  });

  it('refuses an execution provider, and a precision that nobody has', async () => {
    await expect(open({ provider: 'cuda' })).rejects.toMatchObject({ code: 'CHROMARAY_BACKEND_PROVIDER' });
    await expect(open({ precision: 'bfloat61' as never })).rejects.toMatchObject({
      code: 'CHROMARAY_PRECISION_UNKNOWN',
      remedy: 'Did you mean bfloat16?',
    });
  });
});

describe('bfloat16', () => {
  it('is refused on a processor that does not compute in it, and by the name of what it lacks', () => {
    expect(() => activationType({ bfloat16: false, version: '2.6.3' }, { precision: 'bfloat16' })).toThrow(
      expect.objectContaining({
        code: 'CHROMARAY_PRECISION_UNSUPPORTED',
        message: expect.stringContaining('neither AMX nor AVX512-BF16'),
      }),
    );
    expect(activationType({ bfloat16: true, version: '2.6.3' }, { precision: 'bfloat16' })).toBe('bfloat16');
  });

  it('is refused by the backend onnxruntime', async () => {
    const specification = {
      model: tinyNetwork(),
      loss: { kind: 'binary-cross-entropy' },
      optimizer: { kind: 'adam' },
      seed: 1,
    } as const;
    await expect(createBackend('onnxruntime').train(specification, 8, { precision: 'bfloat16' })).rejects.toMatchObject(
      { code: 'CHROMARAY_PRECISION_UNSUPPORTED' },
    );
  });
});
