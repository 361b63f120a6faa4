import type { StudyFile } from './study-file/study-file.js';

/**
 * The content of `registration.json`: what a study set out to do, written down before its first trial, and everything
 * that was changed since. Sentences about what was declared, and when, are chosen from it.
 */
export interface Registration {
  readonly study: string;
  /** ISO 8601, UTC. */
  readonly registered: string;
  /** Version of Chromaray that wrote it. */
  readonly program: string;
  /**
   * What wrote it: the command `study register`, the first `study run`, or a run that found a study made before
   * Chromaray kept registrations.
   */
  readonly origin: 'register' | 'run' | 'older version';
  /** Trials that were finished by then; above 0, the plan was not declared before training. */
  readonly finishedTrials: number;
  readonly plan: RegisteredPlan;
  /** SHA-256 of the plan; see `planHash`. */
  readonly hash: string;
  /** In the order of time. */
  readonly amendments: readonly Amendment[];
}

/** Everything of a study that its verdict depends on. Files are named by hashes, never by paths. */
export interface RegisteredPlan extends Omit<StudyFile, 'name' | 'dataset' | 'factors' | 'execution'> {
  /** One sentence, made from the rest. */
  readonly question: string;
  readonly dataset: {
    /** Content hash. */
    readonly hash: string;
    readonly records: number;
    readonly positive: string;
    readonly negative: string;
  };
}

/** A change of the plan after it was registered. */
export interface Amendment {
  /** ISO 8601, UTC. */
  readonly at: string;
  readonly program: string;
  /** In the words of the person who changed it. */
  readonly reason: string;
  readonly changes: readonly PlanChange[];
  readonly known: KnownThen;
  /** The plan as amended. */
  readonly plan: RegisteredPlan;
  readonly hash: string;
}

/** One key of the plan, for example `endpoint.margin`; undefined where it was or is absent. */
export interface PlanChange {
  readonly key: string;
  readonly from?: unknown;
  readonly to?: unknown;
}

/** What could be known of the results when the plan was changed. */
export interface KnownThen {
  readonly finishedTrials: number;
  /** The verdict at that time; null before there was one. */
  readonly verdict: {
    readonly word: string;
    readonly statement: string;
    /** Where it is kept, relative to the study's folder. */
    readonly file: string;
  } | null;
}

/** The plan in force: as last amended. */
export function currentPlan({ plan, amendments }: Registration): RegisteredPlan {
  return amendments.at(-1)?.plan ?? plan;
}

/** Amendments made when results could be known. */
export function amendmentsAfterResults({ amendments }: Registration): readonly Amendment[] {
  return amendments.filter(({ known }) => known.finishedTrials > 0);
}

/** The plan as it was when no result could be known yet. */
export function planBeforeResults({ plan, amendments }: Registration): RegisteredPlan {
  return amendments.filter(({ known }) => known.finishedTrials === 0).at(-1)?.plan ?? plan;
}
