import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, it } from 'vitest';
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
    const [auto, onednn] = inChild(registered, { CHROMARAY_ONEDNN: '/nowhere/libdnnl.so' });
    expect(auto).toBe('onnxruntime');
    expect(onednn).toMatchObject({
      available: false,
      reason: expect.stringContaining('/nowhere/libdnnl.so'),
      remedy: expect.stringContaining('CHROMARAY_ONEDNN'),
    });
  });

  it('use onnxruntime in a worker thread, where oneDNN would end the process', () => {
    // A thread does not take the loader of sources over.
    const code = `(await import(${JSON.stringify(import.meta.resolve('tsx/esm/api'))})).register();${registered}`;
    const url = JSON.stringify(`data:text/javascript,${encodeURIComponent(code)}`);
    const thread = `new (await import('node:worker_threads')).Worker(new URL(${url}))`;
    const [auto, onednn] = inChild(thread);
    expect(auto).toBe('onnxruntime');
    expect(onednn).toMatchObject({ available: false, reason: expect.stringMatching(/worker/) });
  });
});

/** A program that prints the name of the backend that is chosen, and how oneDNN is described. */
const registered = `const { createBackend, describeBackends } = await import(${JSON.stringify(pathToFileURL(registry))});
  console.log(JSON.stringify([createBackend().name, describeBackends()[0]]));`;

function inChild(code: string, environment: NodeJS.ProcessEnv = {}) {
  const options = ['--conditions=chromaray-source', `--import=${loader}`, '--input-type=module', '-e', code];
  const env = { ...process.env, ...environment };
  return JSON.parse(execFileSync(process.execPath, options, { encoding: 'utf8', env }));
}
