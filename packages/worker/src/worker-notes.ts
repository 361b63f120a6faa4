import { availableParallelism, hostname } from 'node:os';
import { setTimeout as wait } from 'node:timers/promises';
import { programVersion } from '@chromaray/base';
import type { Exchange, WorkerNote } from '@chromaray/remote';
import { executionProfile, processorFamily } from '@chromaray/trials';
import type { Limits } from './capacity.js';

const pauseMilliseconds = 15_000;
const validSeconds = 60;
const farewellMilliseconds = 5000;

/** Tells the exchange again and again that a worker is there, and what it does. */
export class WorkerNotes {
  private readonly over = new AbortController();
  private running: Promise<void> | undefined;

  constructor(
    private readonly exchange: Exchange,
    private readonly worker: string,
    private readonly limits: Limits,
    private readonly doing: () => WorkerNote['doing'],
  ) {}

  begin(): void {
    this.running = this.run();
  }

  async end(): Promise<void> {
    this.over.abort();
    await this.running;
    if (this.running !== undefined) {
      await this.exchange.leave(this.worker, AbortSignal.timeout(farewellMilliseconds)).catch(() => {});
    }
  }

  private async run(): Promise<void> {
    const { signal } = this.over;
    const offers = offersHere();
    while (!signal.aborted) {
      const note: WorkerNote = {
        ...{ worker: this.worker, host: hostname(), version: programVersion(), processor: processorFamily() },
        ...{ cores: availableParallelism(), memoryBytes: this.limits.memoryBytes, offers, validSeconds },
        doing: this.doing(),
      };
      // A note is for whoever looks; trials do without it.
      await this.exchange.announce(note, signal).catch(() => {});
      await wait(pauseMilliseconds, undefined, { signal }).catch(() => {});
    }
  }
}

function offersHere(): WorkerNote['offers'] {
  const { backend, version, provider, precision } = executionProfile(
    { backend: 'auto', provider: 'cpu', precision: 'float32' },
    1,
  );
  return [{ backend, version, provider, precisions: [precision] }];
}
