import type { StudyFleet } from '@chromaray/remote';
import { describe, expect, it } from 'vitest';
import { fleetLines } from './fleet.js';

const fleet: StudyFleet = {
  ...{ on: 'queue', exchange: '/shared', jobs: [], givenOut: 0, withResult: 0, workers: [], problem: null },
};
const lines = (changes: Partial<StudyFleet>, running = false): string =>
  fleetLines({ ...fleet, ...changes }, { study: 'colours', running }, 200).join('\n');

describe('trials that a study gave to others', () => {
  it.each<[what: string, changes: Partial<StudyFleet>, words: string]>([
    [
      'of which nothing is there',
      { on: 'slurm', jobs: [12, 13], givenOut: 4 },
      '4 trials were given to Slurm (job 12 and 13); no result is in /shared yet.',
    ],
    [
      'of which one is there',
      { givenOut: 4, withResult: 1 },
      '4 trials were given to the queue; the result of 1 is in',
    ],
    ['of which some are there', { givenOut: 4, withResult: 3 }, 'the results of 3 are in /shared.'],
    ['that are all there', { givenOut: 4, withResult: 4 }, 'the results of all are in /shared.'],
    [
      'of which there is one',
      { givenOut: 1, withResult: 1 },
      '1 trial was given to the queue; its result is in /shared.',
    ],
  ])('%s, are said to be', (_, changes, words) => {
    expect(lines(changes)).toContain(words);
  });

  it('are collected by the command that gave them away, unless it runs', () => {
    const there = { givenOut: 4, withResult: 3 };
    expect(lines({ ...there, on: 'slurm' })).toContain('`chromaray study run` with the study file and `--slurm` takes');
    expect(lines(there)).toContain('the same `--queue` and `--exchange` takes');
    expect(lines(there, true)).toContain('The run that follows them takes what is there.');
  });

  it('are not spoken of when the study has them', () => {
    expect(lines({})).not.toContain('given');
  });

  it('cannot be spoken of when the exchange gives no answer, and that is said', () => {
    const text = lines({ givenOut: 4, problem: 'The coordinator lets nobody in without its token.' });
    expect(text).toContain('is not known: /shared cannot be asked. The coordinator lets nobody in without its token.');
    expect(text).not.toMatch(/no result|No worker/);
  });
});

describe('workers', () => {
  const one: StudyFleet['workers'][number] = {
    ...{ worker: 'lab-2-411', host: 'lab-2', version: '0.1.0', node: 20, processor: 'x64 avx2', threads: 8 },
    ...{ memoryBytes: 2 ** 34, freeMemoryBytes: 2 ** 33, validSeconds: 60, ageSeconds: 1, doing: [] },
    offers: [
      { backend: 'onednn', version: '3.5', provider: 'cpu', precisions: ['float32'] },
      { backend: 'onnxruntime', version: '1.27', provider: 'cuda', precisions: ['float32'] },
    ],
  };

  it('are shown with what they are, have free and do', () => {
    const trial = { trial: 'a', arm: 'turbo', seed: 1 };
    const busy = [
      { ...trial, study: 'colours', epoch: 0 },
      { ...trial, study: 'other', epoch: 3 },
    ];
    const text = lines({
      workers: [
        { ...one, doing: busy },
        { ...one, worker: 'lab-3-9' },
      ],
    });
    expect(text).toMatch(
      /lab-2-411 +x64 avx2, 8 threads +onednn 3\.5 and onnxruntime 1\.27 \(cuda\) +0\.1\.0 +8\.0.GiB/,
    );
    expect(text).toContain('turbo, seed 1, first epoch; other: turbo, seed 1, epoch 3 done');
    expect(text).toMatch(/lab-3-9 .* nothing/);
  });

  it('are missed where they are what computes', () => {
    expect(lines({})).toContain('No worker has announced itself in /shared.');
    expect(lines({ on: 'slurm' })).not.toContain('worker');
  });
});
