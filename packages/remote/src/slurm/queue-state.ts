import { z } from 'zod';

/** What Slurm says of one task of an array. */
export interface QueuedTask {
  readonly job: number;
  readonly task: number;
  /** One word: `PENDING`, `RUNNING`, `NODE_FAIL`; of a state and its flags the one that says that it is not over. */
  readonly state: string;
  /** Why it waits, in Slurm's words: `Resources`, `BeginTime`. */
  readonly reason: string;
  readonly nodes: string;
}

/** An answer of `squeue --json`. */
export interface QueueState {
  /** Every task that Slurm still remembers. */
  readonly tasks: readonly QueuedTask[];
  /** Arrays of which a list of waiting tasks was cut short. */
  readonly cut: ReadonlySet<number>;
  /** Names of the jobs by their numbers. */
  readonly names: ReadonlyMap<number, string>;
}

// Slurm 22.05 writes plain values; from 23.02 on numbers are objects that say whether they are set, and from 23.11 on states
// are lists of a state and its flags.
const number = z
  .union([z.number(), z.object({ set: z.boolean(), number: z.number() }), z.null()])
  .optional()
  .transform((value) => (typeof value === 'object' ? (value?.set ? value.number : undefined) : value));
const states = z.union([z.string().transform((state) => [state]), z.array(z.string())]);
const job = z.object({
  job_id: number,
  array_job_id: number,
  array_task_id: number,
  array_task_string: z.string().nullish(),
  job_state: states,
  state_reason: z.string().nullish(),
  name: z.string().nullish(),
  nodes: z.string().nullish(),
});
const answer = z.object({ jobs: z.array(job), errors: z.array(z.unknown()).optional() });

/**
 * Reads an answer of `squeue --json`.
 *
 * @returns undefined when it is no answer: when Slurm's controller is away, `squeue --json` ends well, with no job and an error
 */
export function readQueueState(text: string): QueueState | undefined {
  const { data } = answer.safeParse(parsed(text));
  if (data === undefined || (data.errors ?? []).length > 0) return undefined;
  const cut = new Set<number>();
  const names = new Map<number, string>();
  const tasks = data.jobs.flatMap((entry): readonly QueuedTask[] => {
    // A number of 0 says that the job is no array.
    const of = entry.array_job_id || undefined;
    if (of === undefined) return [];
    names.set(of, entry.name ?? '');
    const listed = taskNumbers(entry.array_task_string ?? '');
    if (listed.cut) cut.add(of);
    const numbers = entry.array_task_id === undefined ? listed.numbers : [entry.array_task_id];
    // A flag outlasts the state before it: `NODE_FAIL, REQUEUED` will run again.
    const state = entry.job_state.find((one) => unfinished.has(one)) ?? entry.job_state[0] ?? 'UNKNOWN';
    return numbers.map((task) => ({
      ...{ job: of, task, state, reason: entry.state_reason ?? '', nodes: entry.nodes ?? '' },
    }));
  });
  return { tasks, cut, names };
}

/** States in which Slurm still has something to do with a task. A preempted task, say, is queued again when it has ended. */
const unfinished = new Set([
  ...[
    'PENDING',
    'RUNNING',
    'SUSPENDED',
    'COMPLETING',
    'CONFIGURING',
    'RESIZING',
    'REQUEUED',
    'REQUEUE_FED',
    'SIGNALING',
  ],
  ...['REQUEUE_HOLD', 'SPECIAL_EXIT', 'STAGE_OUT', 'STOPPED', 'RESV_DEL_HOLD'],
]);

/** Whether a task may still run, or run again, without anybody's doing. */
export function isUnfinished({ state }: Pick<QueuedTask, 'state'>): boolean {
  return unfinished.has(state);
}

/** Numbers of a list such as `0-3,7,10-20:5%2`. Slurm cuts long ones off with `...`. */
export function taskNumbers(list: string): { readonly numbers: readonly number[]; readonly cut: boolean } {
  const cut = list.includes('...');
  const numbers = list
    .replace(/%.*$/, '')
    .split(',')
    .flatMap((range) => {
      const found = /^(\d+)(?:-(\d+)(?::(\d+))?)?$/.exec(range.trim());
      if (found === null) return [];
      const [first, last, step] = [Number(found[1]), Number(found[2] ?? found[1]), Number(found[3] ?? 1)];
      return Array.from({ length: Math.floor((last - first) / Math.max(1, step)) + 1 }, (_, i) => first + i * step);
    });
  return { numbers, cut };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
