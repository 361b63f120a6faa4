import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { childEntry } from '@chromaray/base';
import { afterAll, describe, expect, it } from 'vitest';
import { writeModel } from '../../onnx/write.js';
import { telemetry } from './library.js';
import { smallestModel } from './ort.js';

const folders: string[] = [];
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

/** Runs Node with an empty home folder, and lists what was written there. */
function writtenBy(args: readonly string[], trace?: string): readonly string[] {
  const home = mkdtempSync(path.join(tmpdir(), 'chromaray-home-'));
  folders.push(home);
  // It writes nothing where it finds continuous integration, as these tests do there.
  const { ORT_DISABLE_TELEMETRY: _, CI: __, GITHUB_ACTIONS: ___, TF_BUILD: ____, ...env } = process.env;
  const [program, ...rest] =
    trace === undefined ? [] : ['strace', '-f', '-qq', '-e', 'trace=connect,sendto', '-o', trace, process.execPath];
  const { status, stderr } = spawnSync(program ?? process.execPath, [...rest, ...args], {
    env: { ...env, HOME: home, XDG_CACHE_HOME: path.join(home, 'cache'), XDG_CONFIG_HOME: path.join(home, 'config') },
    encoding: 'utf8',
  });
  expect(stderr).toBe('');
  expect(status).toBe(0);
  return readdirSync(home, { recursive: true, encoding: 'utf8' });
}

// The process that tries an execution provider: it loads ONNX Runtime as every other process does.
const { file, execArgv } = childEntry(import.meta.url, '../probe/probe-process');
const ours = [...execArgv, file, JSON.stringify({ provider: 'cpu' })];

describe.skipIf(process.platform === 'win32')('reports of usage by ONNX Runtime', () => {
  it('leave identifiers and events on disk where nobody switches them off', () => {
    const library = JSON.stringify(createRequire(import.meta.url).resolve('onnxruntime-node'));
    const bytes = Buffer.from(writeModel(smallestModel())).toString('base64');
    const code = `require(${library}).InferenceSession.create(Buffer.from('${bytes}', 'base64'))`;
    expect(writtenBy(['-e', code]).length).toBeGreaterThan(0);
  });

  it('are switched off: nothing is written', () => {
    expect(writtenBy(ours)).toEqual([]);
  });

  const strace = spawnSync('strace', ['-V']).status === 0;
  it.skipIf(!strace)('are switched off: no connection is tried (skipped without strace)', () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'chromaray-trace-'));
    folders.push(folder);
    const trace = path.join(folder, 'trace');
    writtenBy(ours, trace);
    expect(readFileSync(trace, 'utf8')).not.toMatch(/AF_INET/);
  });
});

it('what doctor says of them is true of the platform', () => {
  expect(telemetry('linux').off).toBe(true);
  expect(telemetry('win32')).toEqual({ off: false, explanation: expect.stringContaining('Windows') });
});
