import type { CasesSection, ReaderStudyFile } from './readers-file/readers-file.js';
import type { PlanChange } from './registration.js';

/** The content of `cases.json`: what readers will be shown. It holds the truth, and stays with the researcher. */
export interface ReaderCases {
  readonly positive: string;
  readonly negative: string;
  readonly cases: readonly ReaderCase[];
  /** For practice, with the truth shown after each. */
  readonly training: readonly ReaderCase[];
  /** SHA-256 over names, truths and files of cases and training cases: equal for the same list wherever it lies. */
  readonly hash: string;
}

/** One X-ray that is read. */
export interface ReaderCase {
  /** Its name in every output: the record's id in the data set. */
  readonly name: string;
  /** Absolute path, when the list was made. */
  readonly file: string;
  /** SHA-256 of the file's bytes. */
  readonly sha256: string;
  readonly truth: 0 | 1;
}

/** Everything of a reader study that its result depends on. */
export interface ReaderPlan
  extends Pick<ReaderStudyFile, 'arms' | 'design' | 'image' | 'scale' | 'back' | 'readers' | 'endpoint' | 'seed'> {
  /** One sentence, made from the rest. */
  readonly question: string;
  readonly cases: {
    readonly hash: string;
    readonly count: number;
    readonly positives: number;
    readonly positive: string;
    readonly negative: string;
    /** Cases a reader practises on. */
    readonly training: number;
    /** How they were chosen from the data set. */
    readonly selection: Omit<CasesSection, 'dataset'>;
    /** Cases that were registered, and taken off the lists by an amendment. */
    readonly withdrawn: readonly string[];
  };
}

/** The content of `registration.json` of a reader study: written before the first reading. */
export interface ReaderRegistration {
  readonly study: string;
  /** ISO 8601, UTC. */
  readonly registered: string;
  /** Version of Chromaray that wrote it. */
  readonly program: string;
  /** When somebody stated that every picture was looked at for burnt-in text. */
  readonly checked: string;
  readonly plan: ReaderPlan;
  /** SHA-256 of the plan as JSON with sorted keys and without spaces. */
  readonly hash: string;
  /** In the order of time. */
  readonly amendments: readonly ReaderAmendment[];
}

export interface ReaderAmendment {
  readonly at: string;
  readonly program: string;
  readonly reason: string;
  readonly changes: readonly PlanChange[];
  /** Readings that existed then, training not counted. */
  readonly readings: number;
  readonly plan: ReaderPlan;
  readonly hash: string;
}

/** The plan in force: as last amended. */
export function currentReaderPlan({ plan, amendments }: ReaderRegistration): ReaderPlan {
  return amendments.at(-1)?.plan ?? plan;
}
