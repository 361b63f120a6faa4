import { type ChildProcess, fork } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { childEntry, sha256 } from '@chromaray/base';
import { folderExchange, openQueueExecution, trialId } from '@chromaray/remote';
import { type PackedTrial, packTrial } from '@chromaray/testing/packed-trial';
import type { TestQueueServer } from '@chromaray/testing/queue-servers';
import {
  inProcessRunner,
  type TrialExecution,
  type TrialMessage,
  type TrialResult,
  type TrialTask,
} from '@chromaray/trials';
import { afterAll, beforeAll, expect } from 'vitest';
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

  /** Runs a trial through a coordinator: it gives the bits of this process, and no other result beside them. */
  async expectLocalBits(
    task: TrialTask,
    execution: TrialExecution,
    follow: (said: TrialMessage) => void = () => {},
  ): Promise<void> {
    const result = await this.run(execution, task, follow);
    const here = await this.local(task);
    expect(result.probabilities).toEqual(here.probabilities);
    expect(result.modelHash).toBe(here.modelHash);
    expect(this.model(task)).toBe(here.modelHash);
    expect(result.epochs).toHaveLength(task.training.epochs);
    expect(await this.exchange.conflicts(trialId(task), never)).toEqual([]);
  }

  files(task: TrialTask) {
    return this.packed.files(`queue/${task.arm}-${task.seed}`);
  }

  model(task: TrialTask): string {
    return sha256(readFileSync(this.files(task).model));
  }

  /** A worker in this process; its trials run in processes of their own. */
  worker(options: Partial<WorkerOptions> = {}): LabWorker {
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
    return { lines, ended: running, stop: end };
  }

  /** A worker as a process of its own, to be killed and frozen; ended at the end of the file. */
  workerProcess(name: string, options: ProcessOptions = {}): WorkerProcess {
    const { exchange = this.exchangeFolder, lease = 5000, environment = {}, wrapper = [] } = options;
    const [command, ...before] = [...wrapper, process.execPath];
    const { folder = path.join(this.root, `worker-${name}`) } = options;
    const child = fork(entry.file, [this.server.url, exchange, folder, name, String(lease)], {
      execPath: command!,
      execArgv: [...before, ...entry.execArgv],
      env: { ...process.env, ...environment },
      // A group of its own, so that its trials can be stopped with it.
      detached: true,
    });
    const lines: string[] = [];
    child.on('message', (line) => lines.push(String(line)));
    // Its trials end when it does: their line to it breaks.
    this.stops.push(async () => child.kill('SIGKILL'));
    return Object.assign(child, { lines });
  }
}

interface LabWorker {
  readonly lines: readonly string[];
  readonly ended: Promise<WorkerOutcome>;
  stop(): Promise<WorkerOutcome>;
}

interface ProcessOptions {
  /** Its address of the exchange. Default: the folder. */
  readonly exchange?: string;
  /** Milliseconds. */
  readonly lease?: number;
  readonly folder?: string;
  /** A command that runs the rest of its arguments, such as `ip netns exec lab-1`. */
  readonly wrapper?: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
}

export type WorkerProcess = ChildProcess & {
  /** What it said so far. */
  readonly lines: readonly string[];
};

/** Waits until something holds; fails after two minutes. */
export async function until(condition: () => boolean | Promise<boolean>, what: string): Promise<void> {
  const begun = performance.now();
  while (!(await condition())) {
    if (performance.now() - begun > 120_000) throw new Error(`Waited in vain until ${what}.`);
    await wait(50);
  }
}
