/** How a command ends that failed with an error. */
export type ErrorOutcome = 'failed' | 'wrongUse' | 'stoppedByAudit' | 'interrupted';

/** What is known of an error by its code alone. */
export type ErrorEntry = {
  /** What is wrong, in one sentence. */
  readonly meaning: string;
  /** Absent: `failed`. */
  readonly outcome?: Exclude<ErrorOutcome, 'failed'>;
} & (
  | {
      /** What to do, where it is the same each time: the program prints this sentence. */
      readonly remedy: string;
      readonly advice?: never;
    }
  | {
      /** What to do, in general: the place that throws the error prints what fits the case. */
      readonly advice: string;
      readonly remedy?: never;
    }
);

/** Errors that belong together: a chapter of `docs/errors.md`. */
export type ErrorArea = Readonly<Record<`CHROMARAY_${string}`, ErrorEntry>>;
