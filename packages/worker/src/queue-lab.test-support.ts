import { type ChildProcess, fork } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { childEntry, sha256 } from '@chromaray/base';
import { folderExchange, openQueueExecution } from '@chromaray/remote';
import { type PackedTrial, packTrial } from '@chromaray/testing/packed-trial';
import type { TestQueueServer } from '@chromaray/testing/queue-servers';
import {
  inProcessRunner,
  type TrialExecution,
  type TrialMessage,
  type TrialResult,
  type TrialTask,
} from '@chromaray/trials';
import { afterAll, beforeAll } from 'vitest';
import { runWorker, type WorkerOptions, type WorkerOutcome } from './run-worker.js';

const entry = childEntry(import.meta.url, './worker-process.test-support');
const never = new AbortController().signal;

/** A queue's server of the test's own, an exchange and a trial that can be run, there during the tests of a file. */
export class QueueLab {
  readonly root = mkdtempSync(path.join(os.tmpdir(), 'chromaray-queue-lab-'));
  readonly exchangeFolder = path.join(this.root, 'exchange');
  readonly exchange = folderExchange(this.exchangeFolder, { patience: 2000 });
  server!: TestQueueServer;
  private packed!: PackedTrial;
  private readonly known = new Map<string, Promise<TrialResult>>();
  private readonly stops: (() => Promise<unknown>)[] = [];

  constructor(missing: string | undefined, make: () => Promise<TestQueueServer>) {
    beforeAll(async () => {
      if (missing !== undefined) return;
      this.server = await make();
      await this.server.start();
      this.packed = await packTrial(this.root, { train: 24 });
    }, 60_000);
    afterAll(async () => {
      for (const stop of this.stops.reverse()) await stop();
      await this.server?.remove();
      rmSync(this.root, { recursive: true, force: true });
    }, 60_000);
  }

  /** A trial of 24 steps an epoch. */
  trial(name: string, epochs = 3): TrialTask {
    const { task } = this.packed;
    return { ...task, arm: name, fingerprint: sha256(name), training: { ...task.training, batch: 1, epochs } };
  }

  /** What a trial gives in this process, computed once. */
  local(task: TrialTask): Promise<TrialResult> {
    const known = this.known.get(task.fingerprint) ?? this.runHere(task);
    this.known.set(task.fingerprint, known);
    return known;
  }

  private runHere(task: TrialTask): Promise<TrialResult> {
    const files = this.packed.files(`local/${task.arm}`);
    return inProcessRunner(() => files).run(task, () => {}, never);
  }

  studyFolder(study: string): string {
    const folder = path.join(this.root, 'studies', study);
    mkdirSync(folder, { recursive: true });
    return folder;
  }

  /** A coordinator of a study; closed at the end of the file when it was not before. */
  async coordinator(study: string): Promise<TrialExecution> {
    const execution = await openQueueExecution({
      ...{ queueUrl: this.server.url, exchange: this.exchange, study },
      studyFolder: this.studyFolder(study),
    });
    this.stops.push(() => execution.close!());
    return execution;
  }

  /** Runs a trial through a coordinator. */
  run(
    execution: TrialExecution,
    task: TrialTask,
    onMessage: (message: TrialMessage) => void = () => {},
    signal = never,
  ): Promise<TrialResult> {
    return execution.runner((of) => this.files(of), 1e8).run(task, onMessage, signal);
  }

  files(task: TrialTask) {
    return this.packed.files(`queue/${task.arm}-${task.seed}`);
  }

  model(task: TrialTask): string {
    return sha256(readFileSync(this.files(task).model));
  }

  /** A worker in this process; its trials run in processes of their own. */
  worker(options: Partial<WorkerOptions> = {}): { readonly lines: string[]; stop(): Promise<WorkerOutcome> } {
    const stop = new AbortController();
    const lines: string[] = [];
    const running = runWorker({
      ...{ queueUrl: this.server.url, exchange: this.exchange, once: false, threads: 2, memoryBytes: 1e9 },
      ...{ folder: path.join(this.root, 'worker'), leaseMilliseconds: 3000, signal: stop.signal },
      onLine: (line) => lines.push(line),
      ...options,
    });
    running.catch(() => {});
    const end = async (): Promise<WorkerOutcome> => {
      stop.abort();
      return running;
    };
    this.stops.push(() => end().catch(() => {}));
    return { lines, stop: end };
  }

  /** A worker as a process of its own, to be killed and frozen; ended at the end of the file. */
  workerProcess(name: string): ChildProcess {
    const folder = path.join(this.root, `worker-${name}`);
    const child = fork(entry.file, [this.server.url, this.exchangeFolder, folder, name], {
      execArgv: [...entry.execArgv],
    });
    this.stops.push(async () => child.kill('SIGKILL'));
    return child;
  }
}
