import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { Readable, Writable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import v8 from 'node:v8';
import vm from 'node:vm';
import { childEntry } from '@chromaray/base';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { holdFolder, isHeld } from './lock.js';

let folder: string;
let lock: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'chromaray-lock-'));
  lock = path.join(folder, 'study', '.lock');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

// Processes that start take long on a busy machine.
describe('holdFolder', { timeout: 120_000 }, () => {
  it('refuses a second run, names the process that holds the folder, and lets it in once it is free', () => {
    const release = holdFolder(lock);
    expect(() => holdFolder(lock)).toThrow(
      expect.objectContaining({ code: 'CHROMARAY_STUDY_RUNNING', message: expect.stringContaining(`${process.pid}`) }),
    );
    expect(isHeld(lock)).toBe(true);
    release();
    expect(isHeld(lock)).toBe(false);
    holdFolder(lock)();
  });

  it('holds the folder until the process ends, where nobody keeps the function that gives it free', async () => {
    v8.setFlagsFromString('--expose-gc');
    const collectGarbage = vm.runInNewContext('gc') as () => void;
    holdFolder(lock);
    for (let round = 0; round < 3; round += 1) {
      collectGarbage();
      // Objects of a library are let go between two turns of the event loop.
      await sleep(10);
    }
    expect(isHeld(lock)).toBe(true);
  });

  it('is not held, and makes no file, where no run ever was', () => {
    expect(isHeld(lock)).toBe(false);
    expect(existsSync(lock)).toBe(false);
  });

  it('lets one of several processes in that come at the same moment, and another once that one is killed', async () => {
    const racers = await Promise.all([1, 2, 3].map(startRacer));
    const outcomes = racers.map(({ said }) => said());
    for (const { child } of racers) child.stdin.write('go');
    const told = await Promise.all(outcomes);
    expect(told.toSorted()).toEqual(['CHROMARAY_STUDY_RUNNING', 'CHROMARAY_STUDY_RUNNING', 'held']);
    // Not the one that still runs: a loser may take a moment to end.
    const winner = racers[told.indexOf('held')]!;
    await Promise.all(racers.map(({ child }) => end(child)));
    expect(winner.child.signalCode).toBe('SIGKILL');
    holdFolder(lock)();
  });

  it('says what to do about a folder that cannot be made', () => {
    writeFileSync(path.join(folder, 'study'), 'a file');
    expect(() => holdFolder(lock)).toThrow(expect.objectContaining({ code: 'CHROMARAY_FILE_WRITE' }));
  });
});

type Racer = ChildProcessByStdio<Writable, Readable, null>;

async function startRacer(): Promise<{ child: Racer; said: () => Promise<string> }> {
  const { file, execArgv } = childEntry(import.meta.url, './lock.test-support');
  const child = spawn(process.execPath, [...execArgv, file, lock], { stdio: ['pipe', 'pipe', 'inherit'] });
  const said = async (): Promise<string> => String((await once(child.stdout, 'data'))[0]).trim();
  expect(await said()).toBe('ready');
  return { child, said };
}

async function end(child: Racer): Promise<void> {
  if (child.exitCode !== null) return;
  const ended = once(child, 'exit');
  child.kill('SIGKILL');
  await ended;
}
