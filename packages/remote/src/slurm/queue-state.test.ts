import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { isUnfinished, readQueueState, taskNumbers } from './queue-state.js';

const recorded = (version: string) =>
  readFileSync(path.join(import.meta.dirname, `../../test/slurm/squeue-${version}.json`), 'utf8');

describe('an answer of squeue', () => {
  it('of Slurm 22.05 names every task, those that wait in one line too', () => {
    const { tasks, names } = readQueueState(recorded('22.05'))!;
    const ofArray = (job: number) => tasks.filter((task) => task.job === job).map(({ task, state }) => [task, state]);
    expect(ofArray(1)).toEqual([
      [0, 'COMPLETED'],
      [1, 'COMPLETED'],
    ]);
    expect(ofArray(8)).toEqual([...[1, 2, 3, 4, 5, 9].map((task) => [task, 'PENDING']), [0, 'RUNNING']]);
    expect(names.get(8)).toBe('chromaray-x');
    expect(tasks.find(({ job }) => job === 3)).toMatchObject({ state: 'PENDING', reason: 'BeginTime' });
  });

  it('of Slurm 23.11, with numbers as objects and states as lists, says the same', () => {
    const { tasks } = readQueueState(recorded('23.11'))!;
    expect(tasks.map(({ job, task, state }) => [job, task, state])).toEqual([
      [8, 0, 'RUNNING'],
      [8, 7, 'RUNNING'],
      [8, 6, 'REQUEUED'],
      ...[1, 2, 3, 4, 5].map((task) => [8, task, 'PENDING']),
    ]);
  });

  it('is none when the controller is away, though squeue ends well and lists no job', () => {
    const away = { jobs: [], errors: [{ error: 'Unspecified error', error_number: -1, source: 'slurm_load_jobs' }] };
    expect(readQueueState(JSON.stringify(away))).toBeUndefined();
    expect(readQueueState(JSON.stringify({ ...away, errors: [] }))?.tasks).toEqual([]);
    for (const text of ['', 'null', '{"jobs": 3}', 'squeue: error']) expect(readQueueState(text)).toBeUndefined();
  });
});

describe('a task', () => {
  it.each(['PENDING', 'RUNNING', 'SUSPENDED', 'COMPLETING', 'CONFIGURING', 'REQUEUED', 'REQUEUE_HOLD'])(
    'that is %s is not over',
    (state) => expect(isUnfinished({ state })).toBe(true),
  );
  it.each(['COMPLETED', 'FAILED', 'TIMEOUT', 'NODE_FAIL', 'CANCELLED', 'OUT_OF_MEMORY', 'PREEMPTED'])(
    'that is %s will not run again by itself',
    (state) => expect(isUnfinished({ state })).toBe(false),
  );
});

describe('a list of tasks', () => {
  it.each([
    ['0-3,7', [0, 1, 2, 3, 7], false],
    ['1-5,9%1', [1, 2, 3, 4, 5, 9], false],
    ['0-10:5', [0, 5, 10], false],
    ['12', [12], false],
    ['', [], false],
    ['0-2,5,...', [0, 1, 2, 5], true],
  ])('%s', (list, numbers, cut) => {
    expect(taskNumbers(list)).toEqual({ numbers, cut });
  });
});
