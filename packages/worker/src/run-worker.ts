import { availableParallelism, homedir } from 'node:os';
import path from 'node:path';
import { bytes } from '@chromaray/base';
import { codedError } from '@chromaray/contracts/errors';
import { BlobCache, connectQueue, type Exchange, type QueueServer } from '@chromaray/remote';
import type { LocateFiles, TrialRunner } from '@chromaray/trials';
import { AliveFile } from './alive-file.js';
import { Capacity, type Limits, machineHere } from './capacity.js';
import { machineName } from './machine-name.js';
import { takeTrials } from './take-trials.js';
import { Taker } from './taker.js';
import { WorkerNotes } from './worker-notes.js';

export interface WorkerOptions {
  /** `redis://host`, `rediss://host`, `postgres://host/database`. */
  readonly queueUrl: string;
  readonly exchange: Exchange;
  /** Its name in the exchange. Default: the host's, and the number of the process. */
  readonly name?: string;
  /** That trials may use together. Default: all of the machine. */
  readonly threads?: number;
  /** That trials may use together. Default: 90 % of what is free now. */
  readonly memoryBytes?: number;
  /** End when there is nothing left to take, rather than wait for more. */
  readonly once: boolean;
  /** Where packs are kept and trials write. Default: `chromaray/worker` in the user's folder of caches. */
  readonly folder?: string;
  /** Time after which a worker that gave no sign has lost its trials. Default: 30 seconds. */
  readonly leaseMilliseconds?: number;
  /** Who trains. Default: a process for the trial. */
  readonly runner?: (locate: LocateFiles) => TrialRunner;
  /** A sentence for the terminal. */
  readonly onLine: (line: string) => void;
  /** Hands the trials back, with their checkpoints, and ends. */
  readonly signal: AbortSignal;
}

/** What a worker has done. */
export interface WorkerOutcome {
  /** Trials that it took, those included that it handed back. */
  readonly taken: number;
}

const defaultLease = 30_000;

/**
 * Takes trials from a queue and runs them, each in a process of its own, until the signal or, with `once`, until there is none
 * left that this machine may take.
 *
 * @throws ChromarayError `CHROMARAY_QUEUE_URL`, `CHROMARAY_QUEUE_UNREACHABLE`, `CHROMARAY_QUEUE_DENIED`,
 *   `CHROMARAY_QUEUE_VERSION`, `CHROMARAY_QUEUE_CLOCK`; what the exchange throws that cannot be used; and, after its trials were
 *   handed back, what is wrong with this machine, for example a full disk
 */
export async function runWorker(options: WorkerOptions): Promise<WorkerOutcome> {
  const { queueUrl, exchange, once, onLine, signal, leaseMilliseconds = defaultLease } = options;
  const { name = `${machineName()}-${process.pid}`, folder = defaultFolder() } = options;
  await exchange.check(signal);
  const server = await connectQueue(queueUrl);
  const limits = limitsOf(options);
  const machine = machineHere(limits);
  const capacity = new Capacity(limits);
  const failing = new AbortController();
  const ending = AbortSignal.any([signal, failing.signal]);
  const taker = new Taker(
    server,
    capacity,
    machine,
    {
      ...{ exchange, leaseMilliseconds, onLine, worker: name, signal: ending },
      ...(options.runner !== undefined && { runner: options.runner }),
      cache: new BlobCache(path.join(folder, 'packs'), exchange),
      scratch: path.join(folder, 'trials'),
    },
    (error) => failing.abort(error),
  );
  const notes = new WorkerNotes(exchange, name, machine, () => ({
    freeMemoryBytes: capacity.freeMemoryBytes,
    doing: [...taker.doing],
  }));
  const alive = new AliveFile(folder, name);
  try {
    refuseClock(server, leaseMilliseconds);
    onLine(
      `Worker ${name} takes trials from ${server.address.shown}: ${limits.threads} threads, ${bytes(limits.memoryBytes)} of memory.`,
    );
    notes.begin();
    alive.begin();
    await takeTrials(taker, { once, onLine, ending });
    await taker.idle();
    if (failing.signal.aborted) throw failing.signal.reason;
    onLine(
      signal.aborted ? `Worker ${name} ends: it was told to.` : `Worker ${name} ends: there is nothing left to take.`,
    );
    return { taken: taker.taken };
  } finally {
    await taker.idle();
    await notes.end();
    alive.end();
    await server.close();
  }
}

function limitsOf({
  threads = availableParallelism(),
  memoryBytes = process.availableMemory() * 0.9,
}: WorkerOptions): Limits {
  return { threads, memoryBytes };
}

/** Leases in PostgreSQL run by the clocks of the workers. */
function refuseClock({ address, clockAhead }: QueueServer, lease: number): void {
  if (address.kind !== 'postgres' || Math.abs(clockAhead) <= lease / 3) return;
  const seconds = Math.round(Math.abs(clockAhead) / 1000);
  throw codedError('CHROMARAY_QUEUE_CLOCK', {
    message: `The clock of this machine is ${seconds} seconds ${clockAhead > 0 ? 'ahead of' : 'behind'} that of ${address.shown}.`,
  });
}

function defaultFolder(): string {
  return path.join(process.env.XDG_CACHE_HOME || path.join(homedir(), '.cache'), 'chromaray', 'worker');
}
