import type { ControlReadings } from './controls.js';
import type { Part } from './part.js';
import type { PartCounts } from './split.js';
import type { corrections, EndpointMetric } from './study-file/choices.js';

/** Lower and upper end. */
export type IntervalEnds = readonly [lower: number, upper: number];

/**
 * What a comparison of one arm with the control can come to; chosen by rule from learning, interval and margin. Where
 * an arm is not shown to have learned, nothing else can be concluded.
 */
export const verdictWords = [
  'helps',
  'harms',
  'no meaningful difference',
  'inconclusive',
  'did not learn',
  'control did not learn',
] as const;

export type ComparisonVerdict = (typeof verdictWords)[number];

/**
 * Why an arm is not shown to have learned: equal scores, an interval that includes 0.5, or one that lies below it.
 * `seeds vary`: each network learned, but they are too few and vary too much for the interval of their mean.
 */
export const notLearned = ['constant scores', 'chance', 'below chance', 'seeds vary'] as const;

export type NotLearned = (typeof notLearned)[number];

/**
 * What a whole study can come to; `invalid` when a risk was accepted that makes the numbers meaningless, or the plan
 * was changed when results could be known.
 */
export type StudyVerdictWord = ComparisonVerdict | 'invalid';

/** The content of `verdict.json`: everything the study concludes, with the numbers that it concludes it from. */
export interface StudyVerdict {
  /** Name of the study. */
  readonly study: string;
  readonly verdict: StudyVerdictWord;
  /** One sentence for a reader who sees nothing else. */
  readonly statement: string;
  readonly endpoint: Endpoint;
  /** What of the plan was changed when results could be known, in phrases; empty or absent when nothing was. */
  readonly amendedAfterResults?: readonly string[];
  /** What the control arms tell; absent for studies without colours, and in verdicts of earlier versions. */
  readonly controls?: ControlReadings;
  /** In the order of the study file; an arm without a finished trial is left out. */
  readonly arms: readonly ArmResult[];
  /** One for every arm but the control, in the same order. */
  readonly comparisons: readonly Comparison[];
  /** What two or more `factors` tell, beside the comparisons; absent in other studies, and in verdicts of earlier versions. */
  readonly factors?: FactorEffects;
  readonly counts: Readonly<Record<Part, PartCounts>>;
  /**
   * Of a study with folds: the test counts are those of all finished folds together, the others those of the first fold, and all
   * results are of the finished folds.
   */
  readonly folds?: StudyFolds;
  /** Ids of blocking findings that were accepted. */
  readonly risksAccepted: readonly string[];
  /** Trials that a complete study would have and this one has not; empty when the study is complete. */
  readonly unfinished: readonly UnfinishedTrial[];
  /** Minimum detectable difference at 80 % power; null when it was not computed. */
  readonly smallestDetectable: number | null;
  /** What the study was planned with, to compare with each comparison's `achieved`; absent in verdicts of earlier versions. */
  readonly planned?: PlannedPrecision;
  /** Program or library to version, for example `chromaray`, `node`, `onnxruntime-node`. */
  readonly versions: Readonly<Record<string, string>>;
  readonly machine: Machine;
  /** Wall-clock time of the study, over all its runs. */
  readonly seconds: number;
}

/**
 * Main effects of a full factorial's factors and interactions of two, which no study declares: they are exploratory, and the verdict
 * does not rest on them.
 */
export interface FactorEffects {
  readonly factors: readonly {
    readonly name: string;
    /** The key of the study file that it sets. */
    readonly key: string;
    /** The first is what the others are set against. */
    readonly levels: readonly string[];
  }[];
  /** Names of the arms, one for each combination of levels, the last factor's changing fastest. */
  readonly cells: readonly string[];
  /** Main effects, then interactions. */
  readonly effects: readonly FactorEffect[];
  /** What they come to, in one or a few sentences. */
  readonly statement: string;
}

/**
 * What an effect comes to. `higher`, `lower`: its interval excludes 0; `open`: it includes 0; `one seed`: there is no
 * interval; `not learned`: a cell is not shown to have learned, so the numbers say nothing of the factor; `not estimable`: a cell
 * has no finished trial with a seed that the others have.
 */
export const factorOutcomes = ['higher', 'lower', 'open', 'one seed', 'not learned', 'not estimable'] as const;
export type FactorOutcome = (typeof factorOutcomes)[number];

/** One main effect or interaction in the endpoint. */
export interface FactorEffect {
  /** One factor, or two of an interaction, each with the level that is set against its first. */
  readonly of: readonly { readonly factor: string; readonly level: string; readonly against: string }[];
  /**
   * Mean of the cells with the level less that of the cells with the first; of an interaction, how much the first factor's
   * difference changes with the second's. Mean over `seeds`; null where it is not estimable.
   */
  readonly effect: number | null;
  /** At `intervalLevel`; null without a test. */
  readonly interval: IntervalEnds | null;
  readonly intervalLevel: number | null;
  /** Two-sided; null without a test. */
  readonly p: number | null;
  /** After Holm's correction for all effects of the study that can be tested. */
  readonly pCorrected: number | null;
  /** Seeds that all its cells have. */
  readonly seeds: readonly number[];
  readonly outcome: FactorOutcome;
  /** Arms that keep it from being estimated or understood. */
  readonly cellsAtFault: readonly string[];
}

/** A cross-validation: every record tested once, by networks that did not learn from its fold. */
export interface StudyFolds {
  /** Folds that the study asks for. */
  readonly asked: number;
  /** Those whose trials are all finished; the results rest on them. 1 before any is, with what the first has. */
  readonly finished: number;
  /** Names of the sites that the folds are, in order; null for folds by chance. */
  readonly sites: readonly string[] | null;
}

/** The one question declared before training. */
export interface Endpoint {
  readonly metric: EndpointMetric;
  /** The class that is set against the rest; absent but for `auroc` in a study of several classes. */
  readonly class?: string;
  /** As the study file has them; absent where the metric needs none. */
  readonly at?: number;
  readonly range?: readonly [number, number];
  readonly part: 'test';
  /** Differences smaller than this are not meaningful; in units of the metric. */
  readonly margin: number;
  readonly alpha: number;
  readonly correction: (typeof corrections)[number];
  /** Resamples of the bootstrap. */
  readonly bootstrap: number;
}

/** How one arm did on the test part. All metrics lie between 0 and 1. */
export interface ArmResult {
  readonly arm: string;
  readonly control: boolean;
  /** Seeds whose trials are finished; every `perSeed` follows this order. */
  readonly seeds: readonly number[];
  /** Whether the arm is shown to have learned; absent in verdicts of earlier versions. */
  readonly learning?: ArmLearning;
  readonly auroc: MetricSummary;
  readonly accuracy: MetricSummary;
  readonly sensitivity: MetricSummary;
  readonly specificity: MetricSummary;
  readonly f1: MetricSummary;
  /** The endpoint, where it is none of the above. */
  readonly endpoint?: MetricSummary;
  /** Absent in studies of two classes. */
  readonly classes?: ClassResults;
}

/**
 * How an arm told several classes apart on the test part, each record called by its most probable class. What `ArmResult`
 * has beside it is of the reference against all others together.
 */
export interface ClassResults {
  /** In the order of the study file, the reference first. */
  readonly perClass: readonly {
    readonly class: string;
    /** X-rays of it in the test part. */
    readonly records: number;
    /** Of its probability, against all other classes together. */
    readonly auroc: MetricSummary;
    /** Share of its X-rays that are called it. */
    readonly sensitivity: MetricSummary;
  }[];
  /** Share of X-rays that are called what they are. */
  readonly accuracy: MetricSummary;
  /** Cohen's, between what X-rays are and what they are called; null where some network's agreement is all chance. */
  readonly kappa: MetricSummary | null;
  /** By seed: X-rays by what they are (rows) and what they are called (columns). */
  readonly confusion: readonly (readonly (readonly number[])[])[];
}

/** Null for a network, or an arm, that is shown to have learned. */
export interface ArmLearning {
  /** From the interval of the mean AUROC over seeds and patients. */
  readonly notLearned: NotLearned | null;
  /** From each network's own interval over patients, in the order of `seeds`. */
  readonly perSeed: readonly (NotLearned | null)[];
}

/** One metric over an arm's seeds. */
export interface MetricSummary {
  readonly mean: number;
  /** Standard deviation over seeds (n - 1); null with a single seed. */
  readonly sd: number | null;
  readonly perSeed: readonly number[];
  /** At level 1 - alpha, for the mean; null when it cannot be computed. */
  readonly interval: IntervalEnds | null;
}

/** One arm against the control, paired by record and seed. */
export interface Comparison {
  readonly arm: string;
  readonly control: string;
  /** Endpoint of the arm less that of the control, mean over the seeds both have. */
  readonly difference: number;
  /** At `intervalLevel`, so that it excludes 0 exactly when `pCorrected` is at most alpha. */
  readonly interval: IntervalEnds;
  /** 1 - alpha, or more where the correction for several arms asks for it. */
  readonly intervalLevel: number;
  /** Two-sided. */
  readonly p: number;
  /** After correction for the number of arms; equals `p` without one. */
  readonly pCorrected: number;
  readonly verdict: ComparisonVerdict;
  /** The facts that the verdict follows from; absent in verdicts of earlier versions. */
  readonly reason?: VerdictReason;
  /** What the comparison could show, as it turned out; absent in verdicts of earlier versions. */
  readonly achieved?: AchievedPrecision;
  /** One sentence for a reader. */
  readonly statement: string;
  /** A second look by resampling patients and seeds; the verdict rests on `interval`. */
  readonly bootstrap: BootstrapOutcome;
  readonly perSeed: readonly SeedComparison[];
  /** The same difference with other training sets; absent without `split.repeats`, and in verdicts of earlier versions. */
  readonly acrossSplits?: SplitsComparison;
}

/**
 * One arm against the control over several splits of the data set by patient, each trained anew with all seeds. While
 * `interval` of a {@link Comparison} is for new patients and seeds on the same training X-rays, this one is for other training
 * sets of that size as well.
 */
export interface SplitsComparison {
  /** Splits that the study asks for. */
  readonly asked: number;
  /** Arm less control on each finished split, mean over seeds; the study's own split is the first. */
  readonly differences: readonly number[];
  /** Finished splits on which the arm or the control is not shown to have learned. */
  readonly notLearned: number;
  /** Null below two finished splits, and where all agree to the last digit. */
  readonly result: SplitsResult | null;
  /** One sentence for a reader. */
  readonly statement: string;
}

/** The corrected resampled t test (Nadeau and Bengio 2003). */
export interface SplitsResult {
  readonly mean: number;
  /** At the comparison's `intervalLevel`. */
  readonly interval: IntervalEnds;
  /** Two-sided, not corrected for the number of arms. */
  readonly p: number;
  readonly standardError: number;
  /** Finished splits less 1. */
  readonly degreesOfFreedom: number;
}

export type VerdictReason =
  | { readonly kind: 'not learned' | 'at chance elsewhere' | 'seeds vary'; readonly who: 'arm' | 'control' }
  /** The interval lies inside (-margin, margin); `significant`: although it excludes 0. */
  | { readonly kind: 'within margin'; readonly margin: number; readonly significant: boolean }
  /** The interval excludes 0; `beyondMargin`: and every difference up to the margin. */
  | {
      readonly kind: 'difference';
      readonly side: 'above' | 'below';
      readonly beyondMargin: boolean;
      readonly margin: number;
    }
  /** The interval includes 0 and reaches the margin. */
  | {
      readonly kind: 'undecided';
      readonly margin: number;
      readonly smallestDetectable: number;
      readonly power: number;
    };

/** The precision a study is planned with, and what it is worked out from. */
export interface PlannedPrecision {
  /** Expected AUROC of both arms. */
  readonly auroc: number;
  /** Standard deviation of an arm's AUROC over seeds. */
  readonly seedDeviation: number;
  /** Correlation over patients of the arms' AUROCs: arms read the same X-rays. */
  readonly correlationBetweenArms: number;
  readonly from: 'assumptions' | 'pilot';
  /** Minimum detectable difference at 80 % power. */
  readonly smallestDetectable: number;
}

/** The precision of a comparison and what it follows from, to compare with what was planned. */
export interface AchievedPrecision {
  /** Mean of both arms' AUROCs. */
  readonly auroc: number;
  /** Standard deviation of an arm's AUROC over seeds, both arms pooled; null with a single seed. */
  readonly seedDeviation: number | null;
  /** Correlation over patients of the arms' mean AUROCs; null where one shows no variance. */
  readonly correlationBetweenArms: number | null;
  /** Of the difference; near an AUROC of 0 or 1 that of a symmetric interval of the same width. */
  readonly standardError: number;
  readonly degreesOfFreedom: number;
  /** Minimum detectable difference at 80 % power. */
  readonly smallestDetectable: number;
}

/** Intervals of the difference from a bootstrap over patients, then seeds, at the comparison's `intervalLevel`. */
export interface BootstrapOutcome {
  readonly resamples: number;
  /** Null where all resamples agree, which says nothing about how the difference varies. */
  readonly percentile: IntervalEnds | null;
  /** Bias-corrected and accelerated. */
  readonly bca: IntervalEnds | null;
}

/** The same comparison within one seed. */
export interface SeedComparison {
  readonly seed: number;
  /** Of the endpoint, where it is not the AUROC. */
  readonly difference?: number;
  readonly delong: DelongOutcome;
  readonly mcnemar: McnemarOutcome;
}

/** Paired DeLong test of two AUROCs on the same records. */
export interface DelongOutcome {
  readonly difference: number;
  readonly interval: IntervalEnds;
  /** Two-sided. */
  readonly p: number;
}

/** Exact McNemar test of two arms' decisions, each at its own threshold. */
export interface McnemarOutcome {
  /** Records that only the arm has right. */
  readonly onlyArmRight: number;
  /** Records that only the control has right. */
  readonly onlyControlRight: number;
  /** Two-sided. */
  readonly p: number;
}

/** A trial that is missing from the verdict. */
export interface UnfinishedTrial {
  readonly arm: string;
  readonly seed: number;
  readonly state: 'waiting' | 'running' | 'interrupted' | 'failed';
  /** Why it failed, in one sentence; null when it did not. */
  readonly reason: string | null;
}

/** The machine the study ran on. */
export interface Machine {
  /** Operating system and its version. */
  readonly system: string;
  /** Instruction set, for example `x64`. */
  readonly architecture: string;
  readonly processor: string;
  readonly cores: number;
  readonly memoryBytes: number;
  /** Name of a GPU or other accelerator that was used; null without. */
  readonly accelerator: string | null;
}
