import type { IntervalEnds, VerdictReason } from './verdict.js';

/** What a reader study measures of each reader in each arm. */
export const readerMerits = ['auc', 'sensitivity', 'specificity', 'partial auc'] as const;
export type ReaderMerit = (typeof readerMerits)[number];

/** How covariances between readers and arms are estimated. */
export const covarianceMethods = ['jackknife', 'delong', 'unbiased'] as const;

export const readerVerdicts = ['helps', 'harms', 'no meaningful difference', 'inconclusive'] as const;
export type ReaderVerdict = (typeof readerVerdicts)[number];

/** How cases are laid over readers and arms. */
export const caseDesigns = ['crossed', 'cases nested in readers', 'cases nested in arms', 'blocks'] as const;

/** The content of `readers.json`: everything that a reader study concludes, with the numbers it concludes it from. */
export interface ReaderAnalysis {
  readonly study: string;
  /** What readers look for, for sentences; null where nobody named it. */
  readonly finding: string | null;
  readonly verdict: ReaderVerdict | 'invalid';
  /** One sentence for a reader who sees nothing else. */
  readonly statement: string;
  readonly endpoint: ReaderEndpoint;
  readonly design: ReaderDesignFacts;
  readonly components: ReaderComponents;
  /** The test that all arms are equal; null where nothing varies. */
  readonly overall: ReaderTest | null;
  /** The control first, then the others in the order of their names. */
  readonly arms: readonly ReaderArmResult[];
  /** One for every arm but the control. */
  readonly comparisons: readonly ReaderComparisonResult[];
  /** The smallest of the comparisons' minimum detectable differences at 80 % power. */
  readonly smallestDetectable: number;
  /** Reading times; absent where none were recorded. */
  readonly times?: readonly ReaderTimes[];
  readonly agreement: readonly ReaderAgreement[];
  /** What changed from the beginning to the end of sessions; absent where no positions were recorded. */
  readonly drift?: ReaderDrift;
  /** What was planned and what happened; absent for readings that come without a study. */
  readonly protocol?: ReaderProtocol;
  /** The networks' verdict on the same arms; absent where no study of networks is named. */
  readonly networks?: NetworksBeside;
  /** Program or library to version. */
  readonly versions: Readonly<Record<string, string>>;
}

/** The one question, and how it is answered. */
export interface ReaderEndpoint {
  readonly merit: ReaderMerit;
  /** A rating of at least this is a call of "positive"; null where the merit needs none. */
  readonly cut: number | null;
  /** False positive rates of a partial area; null for other merits. */
  readonly range: IntervalEnds | null;
  readonly control: string;
  readonly margin: number;
  readonly alpha: number;
  readonly correction: 'holm' | 'bonferroni' | 'none';
  readonly covariance: (typeof covarianceMethods)[number];
  /** `random`: for other readers, or cases, of the same kind; `fixed`: for these alone. */
  readonly readers: 'random' | 'fixed';
  readonly cases: 'random' | 'fixed';
  readonly missing: 'available' | 'complete';
}

/** Who read what. */
export interface ReaderDesignFacts {
  readonly kind: (typeof caseDesigns)[number];
  readonly readers: readonly string[];
  readonly cases: number;
  readonly positives: number;
  readonly negatives: number;
  /** Readings that count. */
  readonly readings: number;
  /** Readings that the design asks for and that do not exist, of `expected`. */
  readonly missing: number;
  readonly expected: number;
  /** Cases that lack a reading. */
  readonly incompleteCases: number;
  /** Readers who read nothing in some arm; their readings do not count. */
  readonly withoutAnArm: readonly { readonly reader: string; readonly arms: readonly string[] }[];
}

/** Mean squares, covariances, and the components of variance that follow from them. */
export interface ReaderComponents {
  readonly msT: number;
  readonly msR: number;
  readonly msTR: number;
  readonly variance: number;
  readonly cov1: number;
  readonly cov2: number;
  readonly cov3: number;
  /** MS(TR) - Var + Cov1 + max(Cov2 - Cov3, 0); an estimate, and may be below 0. */
  readonly armByReader: number;
}

export interface ReaderTest {
  readonly f: number;
  readonly numeratorDegrees: number;
  /** Null where they are infinite: fixed readers. */
  readonly denominatorDegrees: number | null;
  readonly p: number;
}

export interface ReaderArmResult {
  readonly arm: string;
  readonly control: boolean;
  /** Mean over readers. */
  readonly mean: number;
  readonly interval: IntervalEnds | null;
  /** Null where infinite. */
  readonly degreesOfFreedom: number | null;
  readonly perReader: readonly ReaderValue[];
}

/** One reader in one arm. */
export interface ReaderValue {
  readonly reader: string;
  readonly value: number;
  /** For new cases; the reader is this one. */
  readonly interval: IntervalEnds | null;
  /** Empirical ROC curve from (0, 0) to (1, 1). */
  readonly roc: readonly (readonly [falsePositiveRate: number, sensitivity: number])[];
}

export interface ReaderComparisonResult {
  readonly arm: string;
  readonly control: string;
  readonly difference: number;
  /** At `intervalLevel`, so that it excludes 0 exactly when `pCorrected` is at most alpha. */
  readonly interval: IntervalEnds;
  readonly intervalLevel: number;
  readonly standardError: number;
  /** Null where infinite. */
  readonly degreesOfFreedom: number | null;
  readonly p: number;
  readonly pCorrected: number;
  readonly perReader: readonly { readonly reader: string; readonly difference: number }[];
  /** Minimum detectable difference at 80 % power. */
  readonly smallestDetectable: number;
  readonly verdict: ReaderVerdict;
  readonly reason: VerdictReason;
  readonly statement: string;
}

/** How long one arm took, and against the control. */
export interface ReaderTimes {
  readonly arm: string;
  readonly readings: number;
  readonly medianSeconds: number | null;
  /** Arm over control, paired by reader and case; null for the control, and where it cannot be had. */
  readonly ratio: number | null;
  readonly interval: IntervalEnds | null;
  readonly p: number | null;
}

/** How far readers agree in one arm. */
export interface ReaderAgreement {
  readonly arm: string;
  /** ICC(2,1) of the ratings on the cases that all readers read; null where it cannot be had. */
  readonly icc: number | null;
  readonly iccInterval: IntervalEnds | null;
  readonly cases: number;
  /** Mean Cohen's kappa over pairs of readers, of calls; null without calls or a cut. */
  readonly kappa: number | null;
}

/** Slopes over position, per 100 readings; null where not enough is known. */
export interface ReaderDrift {
  /** Factor of reading time per 100 readings; below 1 is faster. */
  readonly time: ReaderSlope | null;
  /** Change of the share of right calls per 100 readings. */
  readonly right: ReaderSlope | null;
}

export interface ReaderSlope {
  readonly readers: number;
  readonly value: number;
  readonly interval: IntervalEnds | null;
  readonly p: number | null;
}

/** What was planned and what happened, as the study recorded it; null where it did not. */
export interface ReaderProtocol {
  /** ISO 8601. */
  readonly registered: string | null;
  readonly firstReading: string | null;
  readonly lastReading: string | null;
  readonly planHash: string | null;
  /** Changes of the plan after the first reading, in phrases. */
  readonly amendedAfterReadings: readonly string[];
  readonly washout: {
    readonly plannedDays: number;
    /** Days from the end of a reader's session to the start of the next. */
    readonly shortestDays: number | null;
    readonly broken: readonly { readonly reader: string; readonly days: number }[];
  } | null;
  /** Training cases a reader, never counted. */
  readonly trainingCases: number | null;
  readonly sessions: number | null;
  /** What else departed from the plan, in words. */
  readonly deviations: readonly { readonly at: string | null; readonly reader: string | null; readonly what: string }[];
}

/** What a study of networks concluded about the same arms. */
export interface NetworksBeside {
  readonly study: string;
  readonly statement: string;
  readonly comparisons: readonly {
    readonly arm: string;
    readonly control: string;
    readonly difference: number;
    readonly interval: IntervalEnds;
    readonly verdict: string;
  }[];
}
