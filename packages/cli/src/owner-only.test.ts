import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, expect, it, vi } from 'vitest';

const folder = mkdtempSync(path.join(tmpdir(), 'chromaray-umask-'));
const before = { umask: process.umask(0o022), argv: process.argv, exitCode: process.exitCode };
const stopping = ['SIGINT', 'SIGTERM'] as const;
const listeners = stopping.map((signal) => process.listeners(signal));
afterAll(() => {
  for (const [i, signal] of stopping.entries()) {
    for (const listener of process.listeners(signal))
      if (!listeners[i]!.includes(listener)) process.off(signal, listener);
  }
  process.umask(before.umask);
  process.argv = before.argv;
  process.exitCode = before.exitCode;
  rmSync(folder, { recursive: true, force: true });
});

it.skipIf(process.platform === 'win32')('the program writes files for their owner alone', async () => {
  const mode = (name: string) => {
    writeFileSync(path.join(folder, name), '');
    return statSync(path.join(folder, name)).mode & 0o777;
  };
  expect(mode('before')).toBe(0o644);
  process.argv = ['node', 'chromaray', '--version'];
  const out = vi.spyOn(process.stdout, 'write').mockReturnValue(true);
  await import('./main.js');
  out.mockRestore();
  expect(mode('after')).toBe(0o600);
});
