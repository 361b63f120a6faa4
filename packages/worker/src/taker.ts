import { randomUUID } from 'node:crypto';
import {
  type Machine,
  misfit,
  type OpenQueue,
  openQueues,
  type QueueServer,
  readTrialTicket,
  type WorkerNote,
} from '@chromaray/remote';
import type { Capacity } from './capacity.js';
import { HeldTrial, type HoldContext } from './held-trial.js';
import { messageFault, tellEnd } from './trial-end.js';

/** Milliseconds for which the list of open queues holds: short trials, one after the other, ask for it no more often. */
const listMilliseconds = 400;

/** Takes trials from all queues that fit this machine, the oldest queue first, while there is room. */
export class Taker {
  /** Trials taken so far. */
  taken = 0;
  private readonly held = new Map<HeldTrial, Promise<void>>();
  private readonly refused = new Set<string>();
  private readonly used = new Set<string>();
  private queues: readonly OpenQueue[] = [];
  private listed = Number.NEGATIVE_INFINITY;

  constructor(
    private readonly server: QueueServer,
    private readonly capacity: Capacity,
    private readonly machine: Machine,
    private readonly context: HoldContext,
    private readonly onMachineFault: (error: unknown) => void,
  ) {}

  get doing(): WorkerNote['doing'] {
    return [...this.held.keys()].map(({ doing }) => doing);
  }

  /** Whether no trial would be taken, whatever there is: every thread has one. */
  get full(): boolean {
    return this.capacity.full;
  }

  /** @returns whether a trial was there */
  async take(): Promise<boolean> {
    if (performance.now() - this.listed > listMilliseconds) await this.list();
    for (const open of this.queues) {
      if (this.capacity.hasRoomFor(open) && (await this.takeFrom(open))) return true;
    }
    return false;
  }

  /** Resolves when one of the trials ends; never without one. */
  freed(): Promise<void> {
    return this.held.size === 0 ? new Promise(() => {}) : Promise.race(this.held.values());
  }

  async idle(): Promise<void> {
    await Promise.all(this.held.values());
  }

  private async list(): Promise<void> {
    const open = await openQueues(this.server);
    this.queues = open.filter((one) => this.fits(one));
    this.listed = performance.now();
    const names = new Set(open.map(({ queue }) => queue));
    // Trials of a queue that was closed end as they would otherwise; only nothing is taken from it.
    if (this.held.size > 0) return;
    for (const name of this.used) {
      if (names.has(name)) continue;
      this.used.delete(name);
      await this.server.dismiss(name);
    }
  }

  private fits(open: OpenQueue): boolean {
    const reason = misfit(open, this.machine);
    if (reason !== undefined && !this.refused.has(open.queue)) {
      this.refused.add(open.queue);
      this.context.onLine(`Leaves the trials of ${open.study} to others: this worker ${reason}.`);
    }
    return reason === undefined;
  }

  private async takeFrom(open: OpenQueue): Promise<boolean> {
    this.used.add(open.queue);
    const token = `${this.context.worker}:${randomUUID()}`;
    const worker = this.server.worker(open.queue, this.context.leaseMilliseconds);
    const job = await worker.getNextJob(token, { block: false });
    if (job === undefined || job === null) return false;
    const ticket = readTrialTicket(job.data);
    if (ticket === undefined) {
      await tellEnd(job, token, { kind: 'failed', error: messageFault() });
      return true;
    }
    const held = new HeldTrial(job, token, ticket, this.context);
    this.taken++;
    this.capacity.take(open);
    const running = held
      .run()
      .catch(this.onMachineFault)
      .finally(() => {
        this.held.delete(held);
        this.capacity.give(open);
      });
    this.held.set(held, running);
    return true;
  }
}
