import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { onednnAvailable } from '../backends/onednn/available.test-support.js';

const program = path.join(import.meta.dirname, 'training-process.test-support.ts');
const how = ['--conditions=chromaray-source', `--import=${import.meta.resolve('tsx')}`];

/** Runs the training; kills its process, as `kill -9` does, when it says so. Returns what it has said. */
async function train(folder: string, backend: string, killAt?: string): Promise<string> {
  const child = spawn(process.execPath, [...how, program, folder, backend], { stdio: ['ignore', 'pipe', 'ignore'] });
  let said = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    said += text;
    if (killAt !== undefined && said.includes(killAt)) child.kill('SIGKILL');
  });
  await new Promise((resolve) => child.on('close', resolve));
  return said;
}

const bits = (said: string) => /bits (\w+)/.exec(said)?.[1];

describe('a training of two networks whose process is killed', () => {
  it.each([
    ['onnxruntime', true],
    ['onednn', onednnAvailable],
  ] as const)('resumes on %s and ends with the same bits', { timeout: 120_000 }, async (backend, available) => {
    if (!available) return;
    const folders = [0, 1].map(() => mkdtempSync(path.join(tmpdir(), 'chromaray-killed-')));
    const undisturbed = bits(await train(folders[0]!, backend));
    expect(undisturbed).toMatch(/^[0-9a-f]{64}$/);
    // In the second stretch, and again in the fourth.
    expect(bits(await train(folders[1]!, backend, 'step 15'))).toBeUndefined();
    expect(bits(await train(folders[1]!, backend, 'step 35'))).toBeUndefined();
    const resumed = await train(folders[1]!, backend);
    expect(Number(/resumed (\d+)/.exec(resumed)![1])).toBeGreaterThanOrEqual(30);
    expect(bits(resumed)).toBe(undisturbed);
    for (const folder of folders) rmSync(folder, { recursive: true });
  });
});
