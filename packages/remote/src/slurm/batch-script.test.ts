import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { batchScript, shellWord } from './batch-script.js';
import type { SlurmOptions } from './slurm-options.js';

const root = mkdtempSync(path.join(os.tmpdir(), 'chromaray-script-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));

// Notes what it is told and ends as the trial of a task would.
const trial = `
  const { appendFileSync } = require('node:fs');
  const [file, onNotice, number] = process.argv.slice(1);
  const note = (text) => appendFileSync(file, text + '\\n');
  process.on('SIGUSR2', () => { note('notice'); setTimeout(() => process.exit(Number(onNotice)), 50); });
  process.on('SIGTERM', () => { note('stop'); process.exit(75); });
  note('task ' + number);
  if (onNotice === 'end') process.exit(0);
  setInterval(() => {}, 1000);
`;

interface Run {
  readonly child: ChildProcess;
  readonly notes: () => string;
  readonly code: Promise<number | null>;
}

/** Runs a script with a `scontrol` that notes what it is asked. */
function run(name: string, onNotice: string, options: SlurmOptions = {}): Run {
  const folder = path.join(root, name);
  const notes = path.join(folder, 'notes');
  mkdirSync(path.join(folder, 'bin'), { recursive: true });
  writeFileSync(notes, '');
  writeFileSync(path.join(folder, 'bin/scontrol'), `#!/bin/sh\necho "scontrol $*" >> '${notes}'\nexit 1\n`, {
    mode: 0o755,
  });
  const script = path.join(folder, 'trial.sh');
  const command = [process.execPath, '-e', trial, notes, onNotice];
  writeFileSync(script, batchScript({ command, study: 'it\nself' }, options));
  const env = {
    ...process.env,
    PATH: `${folder}/bin:${process.env.PATH}`,
    SLURM_ARRAY_JOB_ID: '12',
    SLURM_ARRAY_TASK_ID: '3',
  };
  const child = spawn('bash', [script], { env, stdio: 'ignore' });
  return { child, notes: () => readFileSync(notes, 'utf8'), code: once(child, 'exit').then(([code]) => code) };
}

async function until(run: Run, text: string): Promise<void> {
  const begun = Date.now();
  while (!run.notes().includes(text)) {
    if (Date.now() - begun > 60_000) throw new Error(`Waited in vain for "${text}": ${run.notes()}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

describe.skipIf(process.platform === 'win32')('the script of a task', () => {
  it('runs the trial of its number and ends with its exit code', async () => {
    const done = run('done', 'end');
    expect(await done.code).toBe(0);
    expect(done.notes()).toBe('task 3\n');
  });

  it('tells the trial of the time limit, and has the task queued again when the trial has stopped', async () => {
    const told = run('told', '75');
    await until(told, 'task 3');
    told.child.kill('SIGUSR1');
    expect(await told.code).toBe(75);
    expect(told.notes()).toBe('task 3\nnotice\nscontrol requeue 12_3\n');
  });

  it.each([
    ['has ended well meanwhile', '0'],
    ['has failed by itself meanwhile', '1'],
  ])('has nothing queued again when the trial %s', async (_, code) => {
    const told = run(`ended-${code}`, code);
    await until(told, 'task 3');
    told.child.kill('SIGUSR1');
    expect(await told.code).toBe(Number(code));
    expect(told.notes()).toBe('task 3\nnotice\n');
  });

  it('passes on the signal by which Slurm ends a task, and leaves the rest to Slurm', async () => {
    const ended = run('ended', '75');
    await until(ended, 'task 3');
    ended.child.kill('SIGTERM');
    expect(await ended.code).toBe(75);
    expect(ended.notes()).toBe('task 3\nstop\n');
  });

  it('that is told during its setup asks to be queued again without beginning', async () => {
    const notes = path.join(root, 'setup', 'notes');
    const early = run('setup', '75', { setup: [`echo setup >> '${notes}'`, 'sleep 1'] });
    await until(early, 'setup');
    early.child.kill('SIGUSR1');
    expect(await early.code).toBe(75);
    expect(early.notes()).toBe('setup\nscontrol requeue 12_3\n');
  });

  it.each(["it's", '$HOME', '`id`', 'a b', '"', 'back\\slash', 'new\nline', '', '*', '!'])(
    'takes %j as it is',
    async (word) => {
      const child = spawn('bash', ['-c', `printf %s ${shellWord(word)}`], { stdio: ['ignore', 'pipe', 'ignore'] });
      let out = '';
      child.stdout.setEncoding('utf8').on('data', (text: string) => (out += text));
      await once(child, 'close');
      expect(out).toBe(word);
    },
  );
});
