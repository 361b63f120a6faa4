import type { ShortcutBaseline, ShortcutComparison } from './shortcut.js';
import type { IntervalEnds } from './verdict.js';

/** The content of `behaviour.json`: how the models of a study behave, beyond how well they rank. */
export interface StudyBehaviour {
  /** The class whose probability is meant. */
  readonly positive: string;
  /** Level of all intervals; none is corrected for being one of many: everything here is exploratory. */
  readonly level: number;
  readonly arms: readonly ArmBehaviour[];
  /**
   * Of a cross-validation: its folds one by one. All else is then of the records of all folds, each once, by the networks that had
   * not learned from it; thresholds and temperatures are means over the folds. Absent for one split.
   */
  readonly folds?: readonly FoldBehaviour[];
  readonly agreement: readonly ArmAgreement[];
  /** What classifiers that cannot see the lungs reach on the same test records; absent in studies of earlier versions. */
  readonly shortcuts?: readonly ShortcutBaseline[];
  /** Every arm against every shortcut; absent in studies of earlier versions. */
  readonly againstShortcuts?: readonly ShortcutComparison[];
  /** Arm against control within subgroups; absent in studies of earlier versions. */
  readonly subgroupDifferences?: readonly SubgroupDifference[];
}

/** Difference of the AUROCs of arm and control within a subgroup, mean over the seeds both have; exploratory. */
export interface SubgroupDifference {
  readonly by: string;
  readonly group: string;
  readonly arm: string;
  readonly control: string;
  readonly against: SubgroupResult['against'];
  readonly difference: number;
  readonly interval: IntervalEnds;
  /** Two-sided, not corrected for the number of subgroups. */
  readonly p: number;
}

/** Of a cross-validation: one fold by itself. */
export interface FoldBehaviour {
  /** From 1. */
  readonly fold: number;
  /** Of its test part. */
  readonly records: number;
  readonly positives: number;
  /** Every arm with every seed that all folds have finished. */
  readonly networks: readonly {
    readonly arm: string;
    readonly seed: number;
    readonly auroc: number;
    /** At the threshold chosen on the fold's validation part. */
    readonly sensitivity: number;
    readonly specificity: number;
    readonly brier: number;
  }[];
}

export interface ArmBehaviour {
  readonly arm: string;
  readonly control: boolean;
  readonly seeds: readonly number[];
  readonly calibration: readonly TrialCalibration[];
  /** Bins of the test part, each the mean over seeds of the seeds' bins of equal numbers of records. */
  readonly reliability: readonly ReliabilityPoint[];
  readonly thresholds: readonly ThresholdResult[];
  /** Net benefit on the test part, mean over seeds. */
  readonly decisionCurve: readonly { readonly threshold: number; readonly model: number; readonly everybody: number }[];
  readonly subgroups: readonly SubgroupResult[];
  /** Most confident first; confidence is the mean over seeds of the probability of the wrong class. */
  readonly mistakes: readonly Mistake[];
}

/** How honest one trial's probabilities are on the test part, as they are and at a temperature fitted on validation. */
export interface TrialCalibration extends ProbabilityScores {
  readonly seed: number;
  /** 1 is ideal; below it the probabilities are too extreme. Null where the classes separate perfectly. */
  readonly slope: Estimate | null;
  /** 0 is ideal; above it the probabilities are too low on the whole. */
  readonly intercept: Estimate | null;
  /** Above 1 the model was too sure. */
  readonly temperature: number;
  readonly atTemperature: ProbabilityScores;
}

export interface ProbabilityScores {
  readonly brier: number;
  readonly logLoss: number;
  readonly calibrationError: number;
}

export interface Estimate {
  readonly value: number;
  readonly interval: IntervalEnds;
}

export interface ReliabilityPoint {
  readonly probability: number;
  /** Share of positives among the bin's records. */
  readonly observed: number;
  readonly perSeed: readonly { readonly seed: number; readonly probability: number; readonly observed: number }[];
}

/** One way to choose an operating threshold on validation, and what it gives on test. */
export interface ThresholdResult {
  readonly rule: 'youden' | 'sensitivity' | 'cost';
  /** In words. */
  readonly description: string;
  /** One a seed. */
  readonly thresholds: readonly number[];
  readonly sensitivity: Estimate;
  readonly specificity: Estimate;
}

export interface SubgroupResult {
  /** What the groups are of: `subtype`, `view`. */
  readonly by: string;
  readonly group: string;
  readonly records: number;
  readonly patients: number;
  readonly positives: number;
  readonly negatives: number;
  /** A group of one class is set against all records of the other. */
  readonly against: 'own' | 'all negatives' | 'all positives';
  /** Null with fewer than two patients in a class. */
  readonly auroc: Estimate | null;
  /** Share of the group's own records called right at the study's threshold; null for a single patient. */
  readonly accuracy: Estimate | null;
}

/** How far an arm and the control decide alike, each at its own threshold. */
export interface ArmAgreement {
  readonly arm: string;
  readonly control: string;
  readonly perSeed: readonly {
    readonly seed: number;
    readonly observed: number;
    readonly kappa: number | null;
    readonly interval: IntervalEnds | null;
    readonly onlyArmWrong: number;
    readonly onlyControlWrong: number;
    readonly bothWrong: number;
  }[];
  /** Mean kappa over the seeds that have one. */
  readonly kappa: number | null;
}

export interface Mistake {
  readonly record: string;
  readonly label: string;
  readonly subtype: string | null;
  /** Mean over seeds of the probability of the positive class. */
  readonly probability: number;
  /** In how many of the arm's seeds the record is called wrong. */
  readonly wrongSeeds: number;
}
