import { hostname } from 'node:os';
import { setTimeout as wait } from 'node:timers/promises';
import type { Exchange, Machine, WorkerNote } from '@chromaray/remote';

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
    private readonly machine: Machine,
    private readonly now: () => Pick<WorkerNote, 'freeMemoryBytes' | 'doing'>,
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
    while (!signal.aborted) {
      const note: WorkerNote = {
        ...this.machine,
        ...this.now(),
        ...{ worker: this.worker, host: hostname(), validSeconds },
      };
      // A note is for whoever looks; trials do without it.
      await this.exchange.announce(note, signal).catch(() => {});
      await wait(pauseMilliseconds, undefined, { signal }).catch(() => {});
    }
  }
}
