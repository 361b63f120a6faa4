/** What is known of a task that Slurm will not run again by itself, and that has left no result. */
export interface EndedTask {
  /** Slurm's last word; undefined when it has forgotten the task. */
  readonly state: string | undefined;
  /** Times that the trial was submitted, without an epoch more than the time before, this one included. */
  readonly fruitless: number;
}

/** What follows from it. */
export type Judgement =
  /** Submit the trial again: it resumes from its checkpoint. */
  | { readonly kind: 'again' }
  /** Give it up; the words say why and what helps, as the end of a sentence and a sentence. */
  | { readonly kind: 'failed'; readonly reason: string; readonly remedy: string };

/** Submissions that may come to nothing before a trial is given up: a node may be broken, and Slurm sends the next task there. */
const mostFruitless = 3;

/** Ends by a person's hand, or which another try would meet again. */
const final: Readonly<Record<string, { readonly reason: string; readonly remedy: string }>> = {
  CANCELLED: {
    reason: 'was cancelled in Slurm',
    remedy: 'Run the same command again to continue from its checkpoint.',
  },
  OUT_OF_MEMORY: {
    reason: 'needed more memory than Slurm gave it',
    remedy: 'Ask for more by `--slurm-mem`; it continues from its checkpoint.',
  },
  DEADLINE: {
    reason: 'missed its deadline in Slurm',
    remedy: 'Run the same command again to continue from its checkpoint.',
  },
};

/** Decides what becomes of a task that ended without a result. */
export function judgeEnd({ state, fruitless }: EndedTask): Judgement {
  const known = state === undefined ? undefined : final[state];
  if (known !== undefined) return { kind: 'failed', ...known };
  if (fruitless < mostFruitless) return { kind: 'again' };
  if (state === 'TIMEOUT') {
    return {
      kind: 'failed',
      reason: `did not finish one epoch within its time limit, ${fruitless} times`,
      remedy: 'Ask for more by `--slurm-time`: a run must hold an epoch at least.',
    };
  }
  return {
    kind: 'failed',
    reason: `ended ${fruitless} times without finishing an epoch, the last time ${state === undefined ? 'without a word of Slurm' : `as ${state}`}`,
    remedy: 'Read its log file, correct what it names, and run the same command again.',
  };
}
