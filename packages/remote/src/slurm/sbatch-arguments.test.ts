import { describe, expect, it } from 'vitest';
import { sbatchArguments, taskRanges } from './sbatch-arguments.js';

const request = {
  name: 'chromaray-1',
  tasks: [0, 1, 2, 5],
  threads: 4,
  logs: '/data/50% more/logs',
  script: '/data/trial.sh',
};

describe('the arguments of sbatch', () => {
  it('ask for one array that is queued again, appends to its logs and is told of its limit', () => {
    expect(sbatchArguments(request, {})).toEqual([
      '--parsable',
      '--job-name=chromaray-1',
      '--array=0-2,5',
      '--requeue',
      '--open-mode=append',
      '--signal=B:USR1@120',
      '--output=/data/50%% more/logs/%a.log',
      '--cpus-per-task=4',
      '/data/trial.sh',
    ]);
  });

  it('pass options through, each as one argument whatever is in it', () => {
    const options = {
      partition: 'gpu; rm -rf ~',
      gres: 'gpu:1',
      mem: '8G',
      time: '1-0',
      cpus: 2,
      notice: 30,
      atOnce: 3,
    };
    const passed = sbatchArguments(request, { ...options, options: ['--nice=100'] });
    for (const argument of ['--partition=gpu; rm -rf ~', '--gres=gpu:1', '--mem=8G', '--time=1-0', '--nice=100']) {
      expect(passed).toContain(argument);
    }
    expect(passed).toContain('--array=0-2,5%3');
    expect(passed).toContain('--cpus-per-task=2');
    expect(passed).toContain('--signal=B:USR1@30');
    expect(passed.at(-1)).toBe('/data/trial.sh');
  });
});

it('numbers of tasks become ranges', () => {
  expect(taskRanges([7, 0, 1, 2, 9, 10])).toBe('0-2,7,9-10');
  expect(taskRanges([3])).toBe('3');
});
