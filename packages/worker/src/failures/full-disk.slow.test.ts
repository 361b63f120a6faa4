import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, statfsSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { trialId } from '@chromaray/remote';
import { redisMissing, testRedis } from '@chromaray/testing/queue-servers';
import { afterAll, describe, expect, it } from 'vitest';
import { QueueLab, until } from '../queue-lab.test-support.js';

const isRoot = process.getuid?.() === 0 && process.platform === 'linux';
const missing = redisMissing ?? (isRoot ? undefined : 'needs root, to mount a small file system');

describe(`a worker whose disk${missing ? ` (${missing})` : ''}`, { timeout: 300_000 }, () => {
  const mounted: string[] = [];
  // Before the lab's own end, which removes the folder.
  const lab = new QueueLab(missing, () => testRedis());
  afterAll(() => {
    for (const folder of mounted) execFileSync('umount', ['-l', folder]);
  });

  function disk(name: string, size: string): string {
    const folder = path.join(lab.root, name);
    mkdirSync(folder);
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${size}`, 'tmpfs', folder]);
    mounted.push(folder);
    return folder;
  }

  it.skipIf(missing)('is too small for the packs says so and gives the trial back', async () => {
    const task = lab.trial('small');
    const first = lab.workerProcess('small', { folder: disk('small', '16k') });
    const ended = lab.expectLocalBits(task, await lab.coordinator('small'));
    await until(() => first.lines.some((line) => line.startsWith('ended:')), 'the worker has ended');
    expect(first.lines.join('\n')).toMatch(/small, seed 1: handed back: .*small.*lies on a disk with .* free/);
    expect(first.lines.at(-1)).toMatch(/^ended: CHROMARAY_CACHE_SMALL: /);
    const next = lab.worker();
    await ended;
    await next.stop();
  });

  it.skipIf(missing)('fills up while it trains says so and gives the trial back, with its checkpoint', async () => {
    const task = lab.trial('full', 24);
    const folder = disk('full', '24m');
    const first = lab.workerProcess('full', { folder });
    const resumed: number[] = [];
    const ended = lab.expectLocalBits(task, await lab.coordinator('full'), (said) => {
      if (said.kind === 'started') resumed.push(said.resumedAtEpoch);
    });
    const checkpoints = path.join(lab.exchangeFolder, 'trials', trialId(task), 'checkpoints');
    await until(() => existsSync(checkpoints) && readdirSync(checkpoints).some(isWhole), 'a checkpoint was put away');
    fill(folder);
    await until(() => first.lines.some((line) => line.startsWith('ended:')), 'the worker has ended');
    expect(first.lines.join('\n')).toMatch(/full, seed 1: handed back: .*the disk is full/);
    expect(first.lines.at(-1)).toMatch(/^ended: CHROMARAY_FILE_WRITE: /);
    lab.worker();
    await ended;
    expect(resumed.at(-1)).toBeGreaterThan(0);
  });
});

/** What is still written has a name that begins with a dot. */
const isWhole = (name: string): boolean => !name.startsWith('.');

function fill(folder: string): void {
  const { bavail, bsize } = statfsSync(folder);
  for (let free = bavail; free > 0; free = statfsSync(folder).bavail) {
    try {
      writeFileSync(path.join(folder, `filled-${free}`), new Uint8Array(free * bsize));
    } catch (error) {
      // The worker writes meanwhile: what was free is not free any more.
      if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error;
    }
  }
}
