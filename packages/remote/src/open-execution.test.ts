import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { keepExecution, keptExecution } from './kept-execution.js';
import { openExecution, queuePlace } from './open-execution.js';

const folder = mkdtempSync(path.join(tmpdir(), 'chromaray-execution-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const place = { study: 's', folder, studies: folder };

describe('the place of a queue', () => {
  it.each<[what: string, queue: string | undefined, secret: string | undefined, expected: string]>([
    ['the address that is given', 'redis://lab', undefined, 'redis://lab'],
    ['that of the environment where none is given', undefined, 'redis://:pw@lab', 'redis://:pw@lab'],
    ['the same with its password', 'redis://lab', 'redis://:pw@lab', 'redis://:pw@lab'],
    ['another than that of the environment', 'redis://other', 'redis://:pw@lab', 'redis://other'],
    ['another database on the same host', 'postgres://lab/a', 'postgres://u:pw@lab/b', 'postgres://lab/a'],
  ])('is %s', (_, queue, secret, expected) => {
    const section = { exchange: folder, ...(queue !== undefined && { queue }) };
    expect(queuePlace(section, { CHROMARAY_QUEUE: secret }).queueUrl).toBe(expected);
  });

  it.each([
    ['no queue', { exchange: folder }, /where the queue is/],
    ['nothing to share', { queue: 'redis://lab' }, /share/],
  ])('with %s is said to be missing', (_, section, message) => {
    expect(() => queuePlace(section, {})).toThrow(
      expect.objectContaining({ code: 'CHROMARAY_EXECUTION_INCOMPLETE', message: expect.stringMatching(message) }),
    );
  });
});

describe('opening what executes trials', () => {
  it('needs nothing for this machine', async () => {
    expect((await openExecution({ on: 'local' }, place)).concurrency).toBeUndefined();
  });

  it('gives Slurm a folder, and no address', async () => {
    await expect(openExecution({ on: 'slurm', exchange: 'https://lab' }, place)).rejects.toMatchObject({
      code: 'CHROMARAY_EXECUTION_INCOMPLETE',
    });
    expect((await openExecution({ on: 'slurm' }, place)).concurrency).toBeGreaterThan(1000);
  });

  it('is noted in the folder, without a password, until this machine executes again', async () => {
    const section = { on: 'slurm', slurm: { partition: 'gpu' } } as const;
    await openExecution(section, place);
    expect(keptExecution(folder)).toEqual(section);
    await openExecution({ on: 'local' }, place);
    expect(keptExecution(folder)).toBeUndefined();
    keepExecution(folder, { on: 'queue', queue: 'redis://user:secret@lab:6380/2', exchange: '/shared' });
    expect(keptExecution(folder)).toEqual({ on: 'queue', queue: 'redis://lab:6380/2', exchange: '/shared' });
    writeFileSync(path.join(folder, 'execution.json'), '{ "on": "every machine" }');
    expect(() => keptExecution(folder)).toThrow(expect.objectContaining({ code: 'CHROMARAY_EXECUTION_INCOMPLETE' }));
  });

  it('tries the queue before anything else happens', async () => {
    await expect(
      openExecution({ on: 'queue', queue: 'redis://127.0.0.1:1', exchange: folder }, place),
    ).rejects.toMatchObject({ code: 'CHROMARAY_QUEUE_UNREACHABLE' });
  });
});
