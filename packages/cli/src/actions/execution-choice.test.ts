import type { ExecutionSection, StudyFile } from '@chromaray/contracts';
import { describe, expect, it } from 'vitest';
import type { ExecutionOptions } from '../commands/execution-options.js';
import { executionChoice } from './execution-choice.js';

const choose = (execution: ExecutionSection | undefined, options: ExecutionOptions): ExecutionSection =>
  executionChoice((execution === undefined ? {} : { execution }) as StudyFile, options);

describe('who executes the trials', () => {
  const queue = { on: 'queue', queue: 'redis://file', exchange: '/file' } as const;
  const slurm = { on: 'slurm', slurm: { partition: 'a', mem: '8G' } } as const;

  it.each<[what: string, written: ExecutionSection | undefined, options: ExecutionOptions, chosen: ExecutionSection]>([
    ['this machine where nothing is said', undefined, {}, { on: 'local' }],
    ['what the study file says', queue, {}, queue],
    ['this machine if the command line says so', queue, { local: true }, { on: 'local' }],
    ['the queue of the command line', queue, { queue: 'redis://line' }, { ...queue, queue: 'redis://line' }],
    ['a queue in place of Slurm', slurm, { queue: 'redis://line' }, { on: 'queue', queue: 'redis://line' }],
    [
      'Slurm, with options one by one',
      slurm,
      { slurmPartition: 'b' },
      { on: 'slurm', slurm: { partition: 'b', mem: '8G' } },
    ],
    [
      'Slurm in place of a queue, with the folder',
      queue,
      { slurm: true },
      { on: 'slurm', exchange: '/file', slurm: {} },
    ],
    ['any profile, as the command line says', queue, { profiles: 'any' }, { ...queue, profiles: 'any' }],
    [
      'any profile, as the study file says',
      { ...queue, profiles: 'any', mix: true },
      {},
      { ...queue, profiles: 'any', mix: true },
    ],
    ['this machine, for which a study may be mixed', { on: 'local', mix: true }, {}, { on: 'local', mix: true }],
    ['an address as it is', queue, { exchange: 'https://lab:1' }, { ...queue, exchange: 'https://lab:1' }],
  ])('is %s', (_, written, options, chosen) => {
    expect(choose(written, options)).toEqual(chosen);
  });

  it('takes a folder from where the command is given', () => {
    expect(choose(queue, { exchange: 'shared' }).exchange).toBe(`${process.cwd()}/shared`);
  });

  it.each<[what: string, options: ExecutionOptions, message: string]>([
    ['a password among the options', { queue: 'redis://:secret@lab' }, 'list of processes'],
    ['profiles of workers for this machine', { profiles: 'any' }, 'workers of a queue'],
    ['an exchange for this machine', { exchange: '/shared' }, 'no meaning'],
  ])('refuses %s, and does not repeat it', (_, options, message) => {
    const refused = () => choose(undefined, options);
    expect(refused).toThrow(
      expect.objectContaining({ code: 'CHROMARAY_USAGE', message: expect.stringContaining(message) }),
    );
    expect(refused).not.toThrow(/secret/);
  });
});
