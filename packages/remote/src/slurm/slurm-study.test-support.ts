import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { sha256 } from '@chromaray/base';
import { type PackedTrial, packTrial } from '@chromaray/testing/packed-trial';
import { SlurmServer, slurmMissing } from '@chromaray/testing/slurm-server';
import { inProcessRunner, type TrialMessage, type TrialResult, type TrialTask } from '@chromaray/trials';
import { afterAll, beforeAll, vi } from 'vitest';
import { type ArrayRecord, readArrayRecord } from './array-record.js';
import type { SlurmOptions } from './slurm-options.js';
import { slurmRunner } from './slurm-runner.js';

const never = new AbortController().signal;

/** A Slurm of this machine, and a trial that can be run in it; both are there during the tests of a file. */
export class SlurmLab {
  readonly missing = slurmMissing();
  readonly root = mkdtempSync(path.join(os.tmpdir(), 'chromaray-slurm-lab-'));
  slurm!: SlurmServer;
  private packed!: PackedTrial;
  private readonly known = new Map<string, Promise<TrialResult>>();

  constructor() {
    beforeAll(async () => {
      if (this.missing !== undefined) return;
      this.slurm = await SlurmServer.start(4);
      this.packed = await packTrial(this.root, { train: 24 });
    });
    afterAll(async () => {
      await this.slurm?.stop();
      rmSync(this.root, { recursive: true, force: true });
    });
  }

  /** A trial of 24 steps an epoch. */
  trial(name: string, epochs: number): TrialTask {
    const { task } = this.packed;
    return { ...task, arm: name, fingerprint: sha256(name), training: { ...task.training, batch: 1, epochs } };
  }

  /** What a trial gives in this process, computed once. */
  local(task: TrialTask): Promise<TrialResult> {
    const known = this.known.get(task.fingerprint);
    if (known !== undefined) return known;
    const files = this.packed.files(`local/${task.arm}`);
    const running = inProcessRunner(() => files).run(task, () => {}, never);
    this.known.set(task.fingerprint, running);
    return running;
  }

  /** A study with a folder of its own. */
  study(name: string, options: SlurmOptions = {}): SlurmStudy {
    for (const [key, value] of Object.entries(this.slurm.environment)) vi.stubEnv(key, value);
    return new SlurmStudy(name, path.join(this.root, name), options, this.packed);
  }
}

/** One study's runner, files and record. */
export class SlurmStudy {
  private readonly recordFile: string;
  private readonly runner: ReturnType<typeof slurmRunner>;

  constructor(
    private readonly name: string,
    folder: string,
    options: SlurmOptions,
    private readonly packed: PackedTrial,
  ) {
    mkdirSync(folder, { recursive: true });
    this.recordFile = path.join(folder, 'slurm.json');
    this.runner = slurmRunner({
      ...{ study: name, shared: path.join(folder, 'shared'), record: this.recordFile, options },
      ...{ memoryBytes: 1e8, pollSeconds: 0.3 },
    });
  }

  get record(): ArrayRecord | null {
    return readArrayRecord(this.recordFile);
  }

  /** Slurm's number of the newest array. */
  get job(): number | null | undefined {
    return this.record?.arrays.at(-1)?.job;
  }

  run(task: TrialTask, onMessage: (message: TrialMessage) => void = () => {}, signal = never): Promise<TrialResult> {
    return this.runner((of) => this.files(of)).run(task, onMessage, signal);
  }

  runAll(tasks: readonly TrialTask[]): Promise<readonly TrialResult[]> {
    const runner = this.runner((of) => this.files(of));
    return Promise.all(tasks.map((task) => runner.run(task, () => {}, never)));
  }

  model(task: TrialTask): string {
    return sha256(readFileSync(this.files(task).model));
  }

  private files({ arm, seed }: TrialTask) {
    return this.packed.files(`${this.name}/${arm}-${seed}`);
  }
}

/** Calls `act` once, when a trial has told of its nth epoch. */
export function atEpoch(epoch: number, act: () => void): (message: TrialMessage) => void {
  let done = false;
  return (message) => {
    if (done || message.kind !== 'epoch' || message.epoch.epoch < epoch) return;
    done = true;
    act();
  };
}
