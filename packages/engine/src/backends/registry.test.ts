import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { onednnAvailable } from './onednn/available.test-support.js';
import { backendNames, createBackend, describeBackends } from './registry.js';

const loader = import.meta.resolve('tsx');
const registry = join(import.meta.dirname, 'registry.ts');

describe('the backends', () => {
  it('are known by name, with a suggestion for one that is not', () => {
    expect(backendNames).toEqual(['auto', 'onednn', 'onnxruntime']);
    expect(createBackend('onnxruntime').name).toBe('onnxruntime');
    expect(() => createBackend('onnx-runtime')).toThrow(
      expect.objectContaining({ code: 'CHROMARAY_BACKEND_UNKNOWN', remedy: 'Did you mean onnxruntime?' }),
    );
  });

  it('are described in order of preference, and auto is the first that is there', () => {
    const described = describeBackends();
    expect(described.map(({ name }) => name)).toEqual(['onednn', 'onnxruntime']);
    expect(described[0]!.available).toBe(onednnAvailable);
    expect(described[1]).toMatchObject({ available: true, version: expect.stringMatching(/^\d+\./) });
    expect(createBackend().name).toBe(onednnAvailable ? 'onednn' : 'onnxruntime');
  });

  it('go on without oneDNN where it cannot be loaded, and tell why and what to do', () => {
    const code = `const { createBackend, describeBackends } = await import(${JSON.stringify(registry)});
      console.log(JSON.stringify([createBackend().name, describeBackends()[0]]));`;
    const options = ['--conditions=chromaray-source', `--import=${loader}`, '--input-type=module', '-e', code];
    const output = execFileSync(process.execPath, options, {
      encoding: 'utf8',
      env: { ...process.env, CHROMARAY_ONEDNN: '/nowhere/libdnnl.so' },
    });
    const [auto, onednn] = JSON.parse(output);
    expect(auto).toBe('onnxruntime');
    expect(onednn).toMatchObject({
      available: false,
      reason: expect.stringContaining('/nowhere/libdnnl.so'),
      remedy: expect.stringContaining('CHROMARAY_ONEDNN'),
    });
  });

  it('use onnxruntime in a worker thread, where oneDNN would end the process', async () => {
    vi.resetModules();
    vi.doMock('node:worker_threads', () => ({ isMainThread: false }));
    const inWorker = await import('./registry.js');
    expect(inWorker.createBackend().name).toBe('onnxruntime');
    expect(inWorker.describeBackends()[0]).toMatchObject({ available: false, reason: expect.stringMatching(/worker/) });
    vi.doUnmock('node:worker_threads');
  });
});
