import { randomBytes } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { childEntry, writeFileAtomic } from '@chromaray/base';
import { codedError } from '@chromaray/contracts/errors';
import type { LocateFiles } from '@chromaray/trials';
import type { Exchange } from '../exchange/exchange.js';
import { TaskPublisher } from '../run/publish-task.js';
import type { ArrayFolder, SharedFolder } from './array-folder.js';
import { type ArrayRecord, readArrayRecord, type SubmittedArray, writeArrayRecord } from './array-record.js';
import { batchScript } from './batch-script.js';
import type { FollowedTrial } from './followed-trial.js';
import { isUnfinished, type QueueState } from './queue-state.js';
import { sbatchArguments } from './sbatch-arguments.js';
import type { Slurm } from './slurm-commands.js';
import { defaultNotice } from './slurm-options.js';
import type { SlurmSetup } from './slurm-setup.js';

const entry = childEntry(import.meta.url, './array-task-process');

/** Most tasks of one array: Slurm's own default allows numbers up to 1000. */
const mostTasks = 1000;

interface Means {
  readonly folder: SharedFolder;
  readonly exchange: Exchange;
  readonly slurm: Slurm;
  readonly locate: LocateFiles;
}

/** Submits trials as arrays, and remembers in the study's folder which array has which trial. */
export class ArraySubmitter {
  private record: ArrayRecord;
  private readonly publisher: TaskPublisher;

  constructor(
    private readonly setup: SlurmSetup,
    private readonly means: Means,
  ) {
    const earlier = readArrayRecord(setup.record);
    const { root } = means.folder;
    this.record = earlier?.folder === root ? earlier : { format: 1, folder: root, arrays: [] };
    this.publisher = new TaskPublisher(means.exchange, setup, path.join(root, 'writing'));
  }

  /**
   * Finds those trials that an array of an earlier coordinator still has.
   *
   * @throws ChromarayError `CHROMARAY_SLURM_SILENT` when there may be some and Slurm does not answer
   */
  async attach(trials: readonly FollowedTrial[]): Promise<void> {
    const [first] = trials;
    if (this.record.arrays.length === 0 || first === undefined) return;
    const queue = await this.means.slurm.queue(first.asked.signal);
    if (queue === undefined) throw silent();
    this.remember(named(this.record, queue));
    for (const { name, job, trials: listed } of this.record.arrays) {
      if (job === null) continue;
      const alive = new Set(
        queue.tasks.filter((task) => task.job === job && isUnfinished(task)).map(({ task }) => task),
      );
      for (const trial of trials) {
        const number = listed.indexOf(trial.id);
        if (number === -1 || !(alive.has(number) || queue.cut.has(job))) continue;
        trial.submitted({ job, number, folder: this.means.folder.array(name), found: true });
      }
    }
  }

  /** Submits trials, as one array where Slurm allows it. @throws ChromarayError as `Slurm.submit` does */
  async submit(trials: readonly FollowedTrial[]): Promise<void> {
    for (let from = 0; from < trials.length; from += mostTasks) {
      const array = trials.slice(from, from + mostTasks);
      const job = await this.submitArray(array);
      this.setup.onSubmitted?.(job, array.length, from + mostTasks >= trials.length);
    }
  }

  private async submitArray(trials: readonly FollowedTrial[]): Promise<number> {
    const { options } = this.setup;
    const name = newName();
    const folder = this.means.folder.array(name);
    await this.write(trials, folder);
    const array: SubmittedArray = { name, job: null, trials: trials.map(({ id }) => id) };
    // Written down first: whoever comes after a coordinator that was killed in between finds the array by its name.
    this.remember({ ...this.record, arrays: [...this.record.arrays, array] });
    const request = {
      name,
      tasks: trials.map((_, number) => number),
      threads: Math.max(...trials.map(({ asked }) => asked.task.profile.threads)),
      logs: folder.logs,
      script: folder.script,
    };
    const job = await this.means.slurm.submit(sbatchArguments(request, options), trials[0]!.asked.signal);
    this.remember({
      ...this.record,
      arrays: this.record.arrays.map((one) => (one === array ? { ...array, job } : one)),
    });
    for (const [number, trial] of trials.entries()) trial.submitted({ job, number, folder, found: false });
    return job;
  }

  /** Writes down what an array is to do, its inputs into the exchange. */
  private async write(trials: readonly FollowedTrial[], folder: ArrayFolder): Promise<void> {
    const { study, options } = this.setup;
    for (const file of [folder.task(0), folder.report(0), folder.log(0)]) {
      mkdirSync(path.dirname(file), { recursive: true });
    }
    for (const [number, { asked }] of trials.entries()) {
      const blob = await this.publisher.publish(asked.task, this.means.locate(asked.task), asked.signal);
      writeFileAtomic(folder.task(number), JSON.stringify(blob));
    }
    const notice = String(options.notice ?? defaultNotice);
    const { exchange } = this.means.folder;
    const command = [process.execPath, ...entry.execArgv, entry.file, folder.root, exchange, notice];
    writeFileAtomic(folder.script, batchScript({ command, study }, options));
  }

  private remember(record: ArrayRecord): void {
    this.record = record;
    writeArrayRecord(this.setup.record, record);
  }
}

/** The record with the numbers of arrays that Slurm had taken when their coordinator was killed. */
function named(record: ArrayRecord, queue: QueueState): ArrayRecord {
  const jobs = new Map([...queue.names].map(([job, name]) => [name, job]));
  return {
    ...record,
    arrays: record.arrays.map((array) => ({ ...array, job: array.job ?? jobs.get(array.name) ?? null })),
  };
}

function newName(): string {
  return `chromaray-${randomBytes(6).toString('hex')}`;
}

function silent() {
  return codedError('CHROMARAY_SLURM_SILENT', {
    message: 'Slurm does not say which trials of this study are queued already: squeue gave no answer.',
  });
}
