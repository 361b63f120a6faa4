import { appendFileSync, readFileSync } from 'node:fs';
import { folderExchange } from '@chromaray/remote';
import { readArtefact, studyFolder } from '@chromaray/store';
import { redisMissing, type TestQueueServer, testRedis } from '@chromaray/testing/queue-servers';
import { TinyStudy } from '@chromaray/testing/tiny-study';
import { runWorker } from '@chromaray/worker';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Cli } from './cli-process.test-support.js';

/** Milliseconds; several processes start in each test, which takes long on a busy machine. */
const patience = 300_000;
/** Three candidates an arm for an epoch, the better one of them for the second. */
const tune =
  '{ method: halving, candidates: 3, epochs: 2, reduction: 2, space: { training: { learningRate: { log: [0.0005, 0.05] } } } }';

describe(`a search on a queue${redisMissing === undefined ? '' : ` (${redisMissing})`}`, { timeout: patience }, () => {
  const tiny = new TinyStudy();
  const stop = new AbortController();
  const lines: string[] = [];
  let redis: TestQueueServer;
  let working: Promise<unknown> | undefined;

  beforeAll(async () => {
    if (redisMissing !== undefined) return;
    await tiny.writeData();
    redis = await testRedis();
    await redis.start();
    working = runWorker({
      ...{ queueUrl: redis.url, exchange: folderExchange(tiny.path('exchange')), once: false, threads: 2 },
      ...{ memoryBytes: 2e9, folder: tiny.path('worker'), signal: stop.signal, onLine: (line) => lines.push(line) },
    });
  }, patience);
  afterAll(async () => {
    stop.abort();
    await working;
    await redis?.remove();
    tiny.remove();
  });

  it.skipIf(redisMissing)(
    'chooses the candidates that a search on this machine chooses, and ends with its predictions',
    async () => {
      const file = tiny.writeStudyFile({ seeds: '[1]' });
      appendFileSync(file, `tune: ${tune}\n`);
      const run = (studies: string, ...place: readonly string[]) =>
        new Cli(['study', 'run', file, '--studies', tiny.path(studies), ...place]).ended;
      expect(await run('queue', '--queue', redis.url, '--exchange', tiny.path('exchange'))).toMatchObject({ code: 0 });
      // Six candidates for an epoch, some of them for another, and the two trials of the study.
      expect(lines.filter((line) => line.endsWith(': done.')).length).toBeGreaterThanOrEqual(9);
      expect(await run('local')).toMatchObject({ code: 0 });
      const [there, here] = ['queue', 'local'].map((studies) => studyFolder(tiny.path(studies), 'tiny'));
      // Stages on a queue are trained again from their start, so that the epochs it took differ.
      const choices = (folder: typeof there) =>
        readArtefact('tuning', folder!.tuning).arms.map(({ arm, chosen, candidates }) => ({ arm, chosen, candidates }));
      expect(choices(here)).toHaveLength(2);
      expect(choices(there)).toEqual(choices(here));
      expect(readFileSync(there!.predictions, 'utf8')).toBe(readFileSync(here!.predictions, 'utf8'));
    },
  );
});
