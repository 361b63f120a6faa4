import { existsSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { blobs, tinyNetwork, tinyRequest } from '../../fit/blobs.test-support.js';
import { fit } from '../../fit/fit.js';
import { predict } from '../../prediction/predictor.js';
import { probeProvider, requireProvider } from '../probe/probe.js';
import { providerNames } from '../provider.js';
import { executionProvider, ortProviders } from './providers.js';

const absent = providerNames.filter((name) => !ortProviders().includes(name));

describe('execution providers', { timeout: 120_000 }, () => {
  it('are handed to ONNX Runtime with their options', () => {
    expect(executionProvider({})).toEqual({ name: 'cpu' });
    const held = ortProviders().find((name) => name === 'cuda' || name === 'dml');
    if (held !== undefined) {
      const options = { provider: held, providerOptions: { deviceId: 1 } };
      expect(executionProvider(options)).toEqual({ name: held, deviceId: 1 });
    }
  });

  it('refuse an option that they do not have: ONNX Runtime would ignore it', () => {
    expect(() => executionProvider({ provider: 'cpu', providerOptions: { deviceId: 1 } })).toThrow(
      expect.objectContaining({ code: 'CHROMARAY_BACKEND_PROVIDER_OPTION', message: expect.stringContaining('none') }),
    );
    if (!ortProviders().includes('webgpu')) return;
    expect(() => executionProvider({ provider: 'webgpu', providerOptions: { validationMod: 'full' } })).toThrow(
      expect.objectContaining({ remedy: 'Did you mean validationMode?' }),
    );
  });

  it('are refused by name where this binary does not hold them, and where nobody knows them', () => {
    for (const provider of absent) {
      expect(() => executionProvider({ provider })).toThrow(
        expect.objectContaining({ code: 'CHROMARAY_BACKEND_PROVIDER', message: expect.stringContaining(process.arch) }),
      );
    }
    expect(() => executionProvider({ provider: 'cpuu' as never })).toThrow(
      expect.objectContaining({ code: 'CHROMARAY_BACKEND_PROVIDER', remedy: 'Did you mean cpu?' }),
    );
  });

  it('are tried in a process of their own, and say what is missing', async () => {
    const cpu = await probeProvider('cpu');
    expect(cpu).toEqual({ provider: 'cpu', works: true, device: expect.any(String) });
    for (const provider of absent) {
      const state = await probeProvider(provider);
      expect(state).toMatchObject({ works: false, reason: expect.stringContaining(provider) });
      await expect(requireProvider(provider)).rejects.toMatchObject({ code: 'CHROMARAY_BACKEND_PROVIDER' });
    }
  });

  it.skipIf(!ortProviders().includes('cuda') || existsSync('/dev/nvidia0'))(
    'never give way to the CPU: one that does not start is an error before work (needs Linux on x64 without NVIDIA)',
    async () => {
      const error = { code: 'CHROMARAY_BACKEND_PROVIDER', remedy: expect.stringContaining('provider cpu') };
      await expect(fit(tinyRequest({ provider: 'cuda' }))).rejects.toMatchObject(error);
      await expect(predict(tinyNetwork().model, blobs(3, 1), { provider: 'cuda' })).rejects.toMatchObject(error);
      await expect(requireProvider('cuda')).rejects.toMatchObject(error);
    },
  );
});
