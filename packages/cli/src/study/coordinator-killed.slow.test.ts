import { cpSync, existsSync, readFileSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import { connectQueue, folderExchange, keptExecution, openQueues, serveExchange } from '@chromaray/remote';
import { openStudyReader, studyFolder } from '@chromaray/store';
import { runStudy } from '@chromaray/study';
import { type HoldingPoint, HoldingProxy } from '@chromaray/testing/holding-proxy';
import { redisMissing, type TestQueueServer, testRedis } from '@chromaray/testing/queue-servers';
import { TinyStudy } from '@chromaray/testing/tiny-study';
import { wrongClock, wrongClockMissing } from '@chromaray/testing/wrong-clock';
import { runWorker } from '@chromaray/worker';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Cli, until } from './cli-process.test-support.js';

/** Milliseconds; several processes start in each test, which takes long on a busy machine. */
const patience = 300_000;
const token = 'a-token-of-this-laboratory';
const choices = { seeds: '[1, 2]', epochs: 4 };

// One study, whose coordinator is killed in every phase, one after the other, and started again each time.
describe(`a coordinator killed${redisMissing === undefined ? '' : ` (${redisMissing})`}`, { timeout: patience }, () => {
  const tiny = new TinyStudy();
  const stops: (() => Promise<unknown> | undefined)[] = [];
  let redis: TestQueueServer;
  let proxy: HoldingProxy;
  let file: string;
  let undisturbed: string;

  beforeAll(async () => {
    if (redisMissing !== undefined) return;
    await tiny.writeData();
    file = tiny.writeStudyFile(choices);
    redis = await testRedis();
    await redis.start();
    const served = { folder: tiny.path('exchange'), token, onDefect: (error: unknown) => console.error(error) };
    const server = await serveExchange(served);
    proxy = await HoldingProxy.to(server.address);
    stops.push(
      () => server.stop(),
      () => proxy.stop(),
      () => redis.remove(),
    );
    const { folder } = await runStudy(tiny.studyFile(choices), { studies: tiny.path('undisturbed') });
    undisturbed = readFileSync(folder.predictions, 'utf8');
  }, patience);
  afterAll(async () => {
    for (const stop of stops.reverse()) await stop();
    tiny.remove();
  });

  function coordinator(studies = 'studies', environment: Readonly<Record<string, string>> = {}): Cli {
    const place = ['--studies', tiny.path(studies), '--queue', redis.url, '--exchange', proxy.address];
    return new Cli(['study', 'run', file, ...place], [], { CHROMARAY_EXCHANGE_TOKEN: token, ...environment });
  }

  async function kill(cli: Cli): Promise<void> {
    cli.killGroup('SIGKILL');
    expect(await cli.ended).toMatchObject({ signal: 'SIGKILL' });
  }

  async function killAt(request: RegExp, at: HoldingPoint): Promise<void> {
    const held = proxy.hold(request, at);
    const cli = coordinator();
    await held.reached;
    await kill(cli);
    held.release();
  }

  const folder = () => studyFolder(tiny.path('studies'), 'tiny');

  /** Jobs of the study by their state. */
  async function jobs(): Promise<Readonly<Record<string, number>>> {
    const server = await connectQueue(redis.url);
    try {
      const [open] = await openQueues(server);
      return open === undefined
        ? {}
        : await server.queue(open.queue).getJobCounts('prioritized', 'active', 'completed');
    } finally {
      await server.close();
    }
  }

  it.skipIf(redisMissing)('while it plans: nothing is queued yet', async () => {
    const cli = coordinator();
    await until(() => existsSync(folder().root), 'the folder of the study is there');
    await kill(cli);
    expect(await jobs()).toEqual({});
  });

  it.skipIf(redisMissing)('while it publishes a pack', async () => {
    await killAt(/^PUT .*\/blobs\//, 'in the request');
    expect(await jobs()).toEqual({});
  });

  it.skipIf(redisMissing)('while it enqueues: some trials are queued, some are not', async () => {
    const [first, second] = [1, 2].map(() => proxy.hold(/^DELETE .*\/cancelled/, 'before')) as [Held, Held];
    const others = [1, 2].map(() => proxy.hold(/^DELETE .*\/cancelled/, 'before'));
    const cli = coordinator();
    await Promise.all([first, second, ...others].map(({ reached }) => reached));
    first.release();
    await untilAsync(async () => (await jobs()).prioritized === 1, 'one trial is queued');
    await kill(cli);
    expect(await jobs()).toMatchObject({ prioritized: 1, active: 0 });
    for (const { release } of [second, ...others]) release();
  });

  it.skipIf(redisMissing)('while it follows what workers do: they go on', async () => {
    const cli = coordinator();
    await untilAsync(async () => (await jobs()).prioritized === 4, 'all trials are queued');
    // Whoever resumes it from its folder, the workbench too, asks the same machines.
    expect(keptExecution(folder().root)).toMatchObject({ on: 'queue', queue: redis.url });
    const stop = new AbortController();
    const worker = runWorker({
      ...{ queueUrl: redis.url, exchange: folderExchange(tiny.path('exchange')) },
      ...{ folder: tiny.path('worker'), once: false, signal: stop.signal },
      onLine: () => {},
    });
    stops.push(() => {
      stop.abort();
      return worker.catch(() => {});
    });
    const epochs = (): number => {
      const store = openStudyReader(folder());
      try {
        return store.trials().reduce((sum, trial) => sum + store.epochs(trial).length, 0);
      } finally {
        store.close();
      }
    };
    await until(() => epochs() > 0, 'an epoch was heard of');
    await kill(cli);
    await untilAsync(async () => (await jobs()).completed === 4, 'the worker has done all');
  });

  it.skipIf(redisMissing)('while it fetches a result', async () => {
    await killAt(/^GET .*\/blobs\//, 'in the answer');
  });

  it.skipIf(redisMissing)('while it writes what the trials came to', async () => {
    const cli = coordinator();
    await until(() => states().includes('done'), 'a trial is written');
    await kill(cli);
  });

  it.skipIf(redisMissing)(
    'concludes the study from a copy of its folder elsewhere, by a clock an hour slow, to the same predictions',
    async () => {
      cpSync(tiny.path('studies'), tiny.path('elsewhere'), { recursive: true });
      // Where there is no faketime, its clock is right.
      const environment = wrongClockMissing === undefined ? wrongClock(-1) : {};
      const { code, err } = await coordinator('elsewhere', environment).ended;
      expect({ code, err }).toMatchObject({ code: 0 });
      const { predictions, report } = studyFolder(tiny.path('elsewhere'), 'tiny');
      expect(readFileSync(predictions, 'utf8')).toBe(undisturbed);
      expect(existsSync(report)).toBe(true);
      expect(await jobs()).toEqual({});
    },
  );

  function states(): readonly string[] {
    const store = openStudyReader(folder());
    try {
      return store.trials().map(({ status }) => status);
    } finally {
      store.close();
    }
  }
});

type Held = ReturnType<HoldingProxy['hold']>;

async function untilAsync(condition: () => Promise<boolean>, what: string): Promise<void> {
  let holds = false;
  const ask = async (): Promise<void> => {
    for (; !holds; await wait(100)) holds = await condition().catch(() => false);
  };
  void ask();
  await until(() => holds, what);
}
