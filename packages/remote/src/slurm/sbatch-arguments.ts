import type { SlurmOptions } from './slurm-options.js';
import { defaultNotice } from './slurm-options.js';

/** What one array is besides its options. */
export interface ArrayRequest {
  /** Name of the job, by which it is found again. */
  readonly name: string;
  /** Numbers of the tasks. */
  readonly tasks: readonly number[];
  /** Threads that a trial computes with. */
  readonly threads: number;
  /** Folder of the log files, one a task. */
  readonly logs: string;
  /** File of the script. */
  readonly script: string;
}

/** The arguments of `sbatch` for one array: each is an argument of its own, and none goes through a shell. */
export function sbatchArguments(request: ArrayRequest, options: SlurmOptions): readonly string[] {
  const { partition, account, qos, constraint, gres, cpus, mem, time, notice, atOnce } = options;
  const given = Object.entries({ partition, account, qos, constraint, gres, mem, time });
  return [
    '--parsable',
    `--job-name=${request.name}`,
    `--array=${taskRanges(request.tasks)}${atOnce === undefined ? '' : `%${atOnce}`}`,
    '--requeue',
    '--open-mode=append',
    // B: the script alone, which tells the trial; without it Slurm signals every process but the script.
    `--signal=B:USR1@${notice ?? defaultNotice}`,
    `--output=${patternOf(request.logs)}/%a.log`,
    `--cpus-per-task=${cpus ?? request.threads}`,
    ...given.flatMap(([name, value]) => (value === undefined ? [] : [`--${name}=${value}`])),
    ...(options.options ?? []),
    request.script,
  ];
}

/** Numbers as Slurm takes them: `0-3,7`. Ascending. */
export function taskRanges(tasks: readonly number[]): string {
  const ranges: [first: number, last: number][] = [];
  for (const task of [...tasks].sort((a, b) => a - b)) {
    const open = ranges.at(-1);
    if (open !== undefined && task === open[1] + 1) open[1] = task;
    else ranges.push([task, task]);
  }
  return ranges.map(([first, last]) => (first === last ? `${first}` : `${first}-${last}`)).join(',');
}

/** In names of files, Slurm reads `%` as the beginning of a pattern. */
function patternOf(folder: string): string {
  return folder.replaceAll('%', '%%');
}
