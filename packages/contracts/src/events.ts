import type { Finding } from './audit.js';
import type { BalanceFacts } from './balance-notes.js';
import type { EndpointKind } from './endpoint-words.js';
import type { Part } from './part.js';
import type { PartCounts } from './split.js';
import type { SplitFacts } from './split-notes.js';
import type { ArmKind } from './study-file/arm-differences.js';
import type { Rung } from './study-file/tune-rungs.js';
import type { TrialEpoch } from './trial-epoch.js';
import type { ComparisonVerdict, IntervalEnds, StudyVerdictWord } from './verdict.js';

/**
 * What happens in a study, for those that watch it: a terminal, a page, a second process. Every meaning is a field;
 * sentences are made from the fields where they are shown.
 */
export type StudyHappening =
  | RunStarted
  | DatasetDescribed
  | SplitMade
  | ArmsCompared
  | BalancePlanned
  | AuditStarted
  | AuditFinished
  | Warned
  | RiskAccepted
  | BatchLargerThanPart
  | ConstantsUntrained
  | WeightsWidened
  | FeaturesFound
  | SensitivityPlanned
  | FellBack
  | WorkersMissing
  | TuningPlanned
  | TuningFinished
  | TrainingPlanned
  | TrialKept
  | TrialStarted
  | TrialResumed
  | EpochDone
  | TrialFinished
  | TrialFailed
  | TrialInterrupted
  | Progressed
  | Concluded
  | RunEnded;

/** A happening as the study's store keeps it. */
export type StudyEvent = {
  /** Counts up from 1 within a study, over all its runs. Numbers may be left out, never used twice. */
  readonly seq: number;
  /** ISO 8601, UTC, with milliseconds. */
  readonly at: string;
  /** The study's name. */
  readonly study: string;
} & StudyHappening;

export type OnStudyEvent = (event: StudyHappening) => void;

/** A run of the study began: the first one, or one that resumes what earlier ones left. */
export interface RunStarted {
  readonly kind: 'run-started';
  /** Of Chromaray. */
  readonly version: string;
}

export interface DatasetDescribed {
  readonly kind: 'dataset-described';
  /** Content hash of the data set. */
  readonly dataset: string;
  readonly records: number;
  /** Null when patients are unknown. */
  readonly patients: number | null;
  /** Files that cannot be read; `audit.json` lists them. */
  readonly unreadable: number;
  /** Records that the study file leaves out. */
  readonly leftOut: number;
}

export interface SplitMade extends SplitFacts {
  readonly kind: 'split-made';
  readonly seed: number;
  readonly counts: Readonly<Record<Part, PartCounts>>;
}

/** How a study's arms differ, found by comparing what they resolve to. */
export interface ArmsCompared {
  readonly kind: 'arms-compared';
  /** The control's name. */
  readonly control: string;
  /** All arms, in the study's order. */
  readonly arms: readonly string[];
  /** Each key in which they differ, with the values as tables show them, in the order of `arms`. */
  readonly differing: readonly { readonly key: string; readonly values: readonly string[] }[];
  /** Arms that differ from the control in several kinds of things: as many possible causes of a difference. */
  readonly causes: readonly { readonly arm: string; readonly kinds: readonly ArmKind[] }[];
}

export interface BalancePlanned extends BalanceFacts {
  readonly kind: 'balance-planned';
  /** The arms that it is for; absent: all. */
  readonly arms?: readonly string[];
  /** Labels of the training part that were turned on purpose, by the class that the record is of; absent: none. */
  readonly turned?: { readonly positives: number; readonly negatives: number };
}

export interface AuditStarted {
  readonly kind: 'audit-started';
  readonly records: number;
}

export interface AuditFinished {
  readonly kind: 'audit-finished';
  /** Checks that ran, also those that found nothing. */
  readonly checks: number;
  /** Findings by severity. */
  readonly blocks: number;
  readonly warns: number;
  readonly notes: number;
  readonly seconds: number;
}

/** A finding as an event names it; `audit.json` has its records and evidence. */
export interface EventFinding extends Pick<Finding, 'id' | 'title' | 'remedy'> {
  /** Number of records concerned. */
  readonly records: number;
}

/** The audit found something that does not stop the study. */
export interface Warned {
  readonly kind: 'warned';
  readonly by: 'audit';
  readonly finding: EventFinding;
}

/** A finding that stops a study was accepted: by `--accept-risk`, or because a replication repeats the mistake. */
export interface RiskAccepted {
  readonly kind: 'risk-accepted';
  readonly by: 'user' | 'replication';
  readonly finding: EventFinding;
}

/** Every step takes the whole training part. */
export interface BatchLargerThanPart {
  readonly kind: 'batch-larger-than-part';
  readonly batch: number;
  /** Images of the training part. */
  readonly images: number;
}

/** Constants of an imported network are used as weights are, and stay as they are. */
export interface ConstantsUntrained {
  readonly kind: 'constants-untrained';
  readonly file: string;
  readonly constants: readonly {
    readonly name: string;
    readonly shape: readonly number[];
    /** The operator that uses it. */
    readonly usedBy: string;
  }[];
}

/** The tensor of an imported network that a new head goes on was not named, and was found by rule. */
export interface FeaturesFound {
  readonly kind: 'features-found';
  readonly file: string;
  readonly tensor: string;
}

/** Numbers of an imported network that are stored in half precision are read as float32. */
export interface WeightsWidened {
  readonly kind: 'weights-widened';
  readonly file: string;
  /** Types they are stored in: `float16`, `bfloat16`. */
  readonly types: readonly string[];
  readonly numbers: number;
}

/** What the test part is expected to show, worked out before training. */
export interface SensitivityPlanned {
  readonly kind: 'sensitivity-planned';
  /** What the endpoint is, where it is not the AUROC. */
  readonly endpoint?: EndpointKind;
  /** Minimum detectable difference in the endpoint, at `power` and an AUROC of `auroc` in both arms. */
  readonly smallestDetectable: number;
  readonly auroc: number;
  readonly power: number;
  readonly margin: number;
  readonly seeds: number;
}

/** What was wanted could not be had, and something else is used in its place. */
export type FellBack =
  | {
      readonly kind: 'fell-back';
      readonly what: 'backend';
      readonly wanted: string;
      readonly used: string;
      /** What the machine said about the backend that it lacks. */
      readonly reason: string;
    }
  | {
      /** The newest checkpoint is not used: damaged, or of another execution profile. */
      readonly kind: 'fell-back';
      readonly what: 'checkpoint';
      readonly arm: string;
      readonly seed: number;
      /** What is wrong with the checkpoint, and where the trial goes on. */
      readonly reason: string;
    };

/** No worker that has announced itself can compute some trials; they wait for one. */
export interface WorkersMissing {
  readonly kind: 'workers-missing';
  /** By what they are to be computed: an execution profile in a line. */
  readonly wanted: string;
  readonly trials: number;
  /** The workers that are there, and what each lacks. */
  readonly workers: readonly { readonly worker: string; readonly lacks: string }[];
  /** Whether some of them would do if trials might be computed by any processor (`execution.profiles: any`). */
  readonly anyWouldDo: boolean;
}

/** A search for hyperparameters begins, or an earlier run's is gone on with. */
export interface TuningPlanned {
  readonly kind: 'tuning-planned';
  readonly method: 'random' | 'halving';
  readonly arms: number;
  /** Of each arm. */
  readonly candidates: number;
  readonly rungs: readonly Rung[];
  /** Epochs that the search trains for each arm where stages go on from checkpoints. */
  readonly epochs: number;
  /** X-rays of the validation part, on which alone is chosen. */
  readonly validation: number;
}

/** The hyperparameters are chosen. */
export interface TuningFinished {
  readonly kind: 'tuning-finished';
  /** True where an earlier run chose. */
  readonly kept: boolean;
  readonly chosen: readonly {
    readonly arm: string;
    readonly candidate: number;
    /** As tables show them. */
    readonly settings: string;
    /** Validation AUROC. */
    readonly auroc: number;
  }[];
}

export interface TrainingPlanned {
  readonly kind: 'training-planned';
  readonly trials: number;
  /** Trials at once. */
  readonly concurrency: number;
  /** Present where other machines run them, all that these can at once. */
  readonly elsewhere?: true;
  /** Threads of each trial. */
  readonly threads: number;
  readonly backend: string;
  readonly backendVersion: string;
}

interface OfTrial {
  readonly arm: string;
  readonly seed: number;
  /** From 2: the further split or fold on which it is trained. Absent on the study's own. */
  readonly split?: number;
}

/** Trials finished so far, and all of the study. */
interface TrialCount {
  readonly finished: number;
  readonly trials: number;
}

/** Who computes a trial. */
interface OfWorker {
  /** Name of the worker or node; absent: the machine that runs the study. */
  readonly worker?: string;
}

/** The trial was finished by an earlier run. */
export interface TrialKept extends OfTrial, TrialCount {
  readonly kind: 'trial-kept';
}

export interface TrialStarted extends OfTrial, TrialCount, OfWorker {
  readonly kind: 'trial-started';
}

export interface TrialResumed extends OfTrial, TrialCount, OfWorker {
  readonly kind: 'trial-resumed';
  /** Epochs that an earlier run had done. */
  readonly epochs: number;
}

export interface EpochDone extends OfTrial {
  readonly kind: 'epoch-done';
  readonly epoch: TrialEpoch;
}

export interface TrialFinished extends OfTrial, TrialCount, OfWorker {
  readonly kind: 'trial-finished';
}

export interface TrialFailed extends OfTrial, TrialCount {
  readonly kind: 'trial-failed';
  readonly error: EventError;
}

/** The trial was stopped on purpose; the next run resumes it. */
export interface TrialInterrupted extends OfTrial, TrialCount {
  readonly kind: 'trial-interrupted';
}

export interface EventError {
  readonly code: string;
  readonly message: string;
  readonly remedy: string;
}

/** How far long work is. Comes many times a second; a store keeps the last of each phase. */
export interface Progressed {
  readonly kind: 'progress';
  readonly phase:
    | 'reading'
    | 'auditing'
    | 'decoding'
    | 'colorizing'
    | 'tuning'
    | 'training'
    | 'predicting'
    | 'explaining'
    | 'reporting';
  readonly done: number;
  readonly total: number;
  readonly unit: 'images' | 'steps';
  /** What the work is done for just now, where that is known. */
  readonly part?: Part;
  readonly arm?: string;
  readonly seed?: number;
  /** From 2: the further split or fold of this trial. */
  readonly split?: number;
  /** Epoch of the trial, from 1, and step within it. */
  readonly epoch?: number;
  readonly epochs?: number;
  readonly step?: number;
  readonly steps?: number;
}

/** Verdict and report are written. */
export interface Concluded {
  readonly kind: 'concluded';
  readonly verdict: StudyVerdictWord;
  readonly comparisons: readonly {
    readonly arm: string;
    readonly verdict: ComparisonVerdict;
    readonly difference: number;
    readonly interval: IntervalEnds;
  }[];
  /** Of the endpoint; absent in events of earlier versions. */
  readonly margin?: number;
  /** Trials that are missing from the verdict. */
  readonly unfinished: number;
}

/** The run is over. A run that was killed could not write this event; its lock is then free. */
export interface RunEnded {
  readonly kind: 'run-ended';
  readonly outcome: 'concluded' | 'stopped-by-audit' | 'interrupted' | 'failed';
  /** Null when the run concluded. */
  readonly error: EventError | null;
}
