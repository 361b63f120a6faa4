import { setTimeout as wait } from 'node:timers/promises';
import { createPostgresBackend, type Job, Queue, Worker, type WorkerOptions } from 'bullmq';
import { Redis } from 'ioredis';
import pg from 'pg';
import { type ClientOptions, clientOptions } from './client-options.js';
import { oldestRedis, queueError } from './queue-error.js';
import { type QueueAddress, queueAddress } from './queue-url.js';

/** Apart from what others keep on the same server. */
const namespace = 'chromaray';
/** Events are not read: what happened is asked for, so that nothing is lost with a connection. */
const events = { maxLen: 100 };
const contactMilliseconds = 10_000;
/** PostgreSQL's code for `cannot_connect_now`. */
const startingUp = '57P03';
const farewellMilliseconds = 3000;

/** A queue of BullMQ, whatever keeps it. */
export type AnyQueue = Queue<unknown, unknown, string>;
/** A job of such a queue. */
export type AnyJob = Job<unknown, unknown, string>;
/** What fetches jobs of a queue, whatever keeps it. */
export type AnyWorker = Worker<unknown, unknown, string>;

/** A Redis or PostgreSQL server that keeps queues. It may go and come back: what is asked meanwhile waits, or fails and is to be asked again. */
export interface QueueServer {
  readonly address: QueueAddress;
  /** Milliseconds by which this machine's clock is ahead of the server's. */
  readonly clockAhead: number;
  queue(name: string): AnyQueue;
  /** Fetches jobs when asked to; takes back jobs whose lease of `milliseconds` ran out. */
  worker(name: string, lease: number): AnyWorker;
  /** Closes the worker of a queue. */
  dismiss(name: string): Promise<void>;
  /** Closes all that was opened; does not wait for a server that is away. */
  close(): Promise<void>;
}

/**
 * Connects to a server of queues, after one try that tells at once what is wrong.
 *
 * @param environment as {@link clientOptions} reads it
 * @throws ChromarayError `CHROMARAY_QUEUE_URL`, `CHROMARAY_QUEUE_UNREACHABLE`, `CHROMARAY_QUEUE_DENIED`, `CHROMARAY_QUEUE_VERSION`
 */
export async function connectQueue(
  url: string,
  environment: Readonly<Record<string, string | undefined>> = process.env,
): Promise<QueueServer> {
  const address = queueAddress(url);
  const client = clientOptions(address, environment);
  try {
    if (address.kind === 'redis') return redisServer(address, client, await contactRedis(client));
    return await postgresServer(address, client, await startedPostgres(client));
  } catch (error) {
    throw queueError(address, error);
  }
}

async function contactRedis({ url, ...tls }: ClientOptions): Promise<number> {
  const client = new Redis(url, {
    ...tls,
    lazyConnect: true,
    retryStrategy: () => null,
    maxRetriesPerRequest: 0,
    connectTimeout: contactMilliseconds,
    commandTimeout: contactMilliseconds,
  });
  let fault: unknown;
  client.on('error', (error) => {
    fault = error;
  });
  try {
    await client.connect().catch((error: unknown) => {
      throw fault ?? error;
    });
    const version = /redis_version:(\S+)/.exec(await client.info('server'))?.[1] ?? 'unknown';
    if (isOlder(version, oldestRedis)) throw new Error(`version ${version}`);
    const [seconds, microseconds] = await client.time();
    return Date.now() - (Number(seconds) * 1000 + Number(microseconds) / 1000);
  } finally {
    client.disconnect();
  }
}

function isOlder(version: string, than: string): boolean {
  const [a, b] = [version, than].map((text) => text.split('.').map(Number));
  const at = b!.findIndex((part, i) => part !== (a![i] ?? 0));
  return at >= 0 && !((a![at] ?? 0) > b![at]!);
}

/** Waits a while for a server that was started a moment ago, and still recovers. A client of Redis does so by itself. */
async function startedPostgres(client: ClientOptions): Promise<number> {
  const begun = performance.now();
  for (;;) {
    try {
      return await contactPostgres(client);
    } catch (error) {
      if ((error as { code?: string }).code !== startingUp || performance.now() - begun > contactMilliseconds)
        throw error;
      await wait(300);
    }
  }
}

async function contactPostgres({ url }: ClientOptions): Promise<number> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: contactMilliseconds });
  client.on('error', () => {});
  await client.connect();
  try {
    const { rows } = await client.query<{ now: string }>('SELECT extract(epoch FROM clock_timestamp()) * 1000 AS now');
    return Date.now() - Number(rows[0]!.now);
  } finally {
    await client.end();
  }
}

function redisServer(address: QueueAddress, { url, ...tls }: ClientOptions, clockAhead: number): QueueServer {
  const connection = new Redis(url, {
    ...tls,
    maxRetriesPerRequest: null,
    retryStrategy: (times) => Math.min(200 * times, 2000),
  });
  connection.on('error', ignore);
  const shared = { connection, prefix: namespace };
  return serverOf(address, clockAhead, {
    queue: (name) => new Queue(name, { ...shared, streams: { events } }),
    worker: (name, options) => new Worker(name, null, { ...shared, ...options }),
    close: async () => connection.disconnect(),
  });
}

async function postgresServer(address: QueueAddress, { url }: ClientOptions, clockAhead: number): Promise<QueueServer> {
  const shared = {
    connection: {
      connectionString: url,
      schema: namespace,
      migrate: true,
      max: 2,
      connectionTimeoutMillis: contactMilliseconds,
      keepAlive: true,
    },
  };
  const server = serverOf(address, clockAhead, {
    queue: (name) => new Queue(name, { ...shared, streams: { events } }, createPostgresBackend) as unknown as AnyQueue,
    worker: (name, options) =>
      new Worker(name, null, { ...shared, ...options }, createPostgresBackend) as unknown as AnyWorker,
    close: async () => {},
  });
  // Makes the tables, where there are none, before several ask for them.
  await server.queue('studies').waitUntilReady();
  return server;
}

interface Makers {
  readonly queue: (name: string) => AnyQueue;
  readonly worker: (name: string, options: Omit<WorkerOptions, 'connection'>) => AnyWorker;
  readonly close: () => Promise<void>;
}

function serverOf(address: QueueAddress, clockAhead: number, make: Makers): QueueServer {
  const queues = new Map<string, AnyQueue>();
  const workers = new Map<string, AnyWorker>();
  return {
    address,
    clockAhead,
    queue(name) {
      const known = queues.get(name);
      if (known !== undefined) return known;
      const queue = make.queue(name);
      queue.on('error', ignore);
      queues.set(name, queue);
      return queue;
    },
    worker(name, lease) {
      const known = workers.get(name);
      if (known !== undefined) return known;
      const worker = make.worker(name, {
        autorun: false,
        lockDuration: lease,
        stalledInterval: lease / 2,
        // A trial is not to blame for the machines it was on.
        maxStalledCount: 1_000_000,
      });
      worker.on('error', ignore);
      workers.set(name, worker);
      void worker.startStalledCheckTimer().catch(ignore);
      return worker;
    },
    async dismiss(name) {
      const worker = workers.get(name);
      workers.delete(name);
      await worker?.close(true).catch(ignore);
    },
    async close() {
      const closing = [...workers.values()]
        .map((one) => one.close(true))
        .concat([...queues.values()].map((one) => one.close()));
      await Promise.race([Promise.allSettled(closing), wait(farewellMilliseconds, undefined, { ref: false })]);
      await make.close();
    },
  };
}

/** A lost connection is made again by the client; what was asked meanwhile tells of it. */
function ignore(): void {}
