import type { Part } from '../part.js';
import type { covarianceMethods, ReaderMerit } from '../reader-analysis.js';
import type { AgeBand, Sex } from '../record-attributes.js';
import type { ColourArm, DatasetSection } from '../study-file/study-file.js';
import type { readerDesigns, readerMethods } from './choices.js';

/** A reader-study file, checked, with every default filled in. docs/reader-studies.md explains each key. */
export interface ReaderStudyFile {
  /** Also the name of the study's folder. */
  readonly name: string;
  readonly cases: CasesSection;
  readonly training: TrainingCasesSection;
  /** At least two, exactly one of them the control. */
  readonly arms: readonly ColourArm[];
  readonly design: DesignSection;
  readonly image: {
    /** Longest side in pixels of the pictures that are shown. Larger ones are reduced, smaller ones stay. */
    readonly side: number;
  };
  readonly scale: ScaleSection;
  /** True: a finished case may be opened again; the second answer counts, and both are kept. */
  readonly back: boolean;
  /** Code names, such as `R1`; no names of persons. */
  readonly readers: readonly string[];
  readonly endpoint: ReaderEndpointSection;
  /** Of the orders and of the cases drawn. */
  readonly seed: number;
}

/** Which X-rays are read. */
export interface CasesSection {
  readonly dataset: DatasetSection;
  readonly filter: CaseFilter;
  /** Cases of each class, drawn by the seed; absent: all. */
  readonly perClass?: number;
  /** One X-ray of each patient, so that cases are independent. */
  readonly onePerPatient: boolean;
  /** Records that are read, by id, and no others. */
  readonly only?: readonly string[];
  /** Records that are not read, by id. */
  readonly leaveOut: readonly string[];
}

/** Records that have one of the values in every list. */
export interface CaseFilter {
  readonly parts?: readonly Part[];
  readonly sexes?: readonly Sex[];
  readonly ages?: readonly AgeBand[];
  /** Finer classes, such as `bacteria`. */
  readonly subtypes?: readonly string[];
}

/** Cases to practise on, with the truth shown after each; their answers never count. */
export interface TrainingCasesSection {
  /** Cases of each class, drawn by the seed from those that are not read. */
  readonly perClass: number;
}

export interface DesignSection {
  readonly kind: (typeof readerDesigns)[number];
  /** A whole multiple of the sessions that the design needs; absent: as few as possible. */
  readonly sessions?: number;
  /** Days from the last reading of a case to its next session. */
  readonly washout: number;
  /** Split-plot only: blocks of readers and cases. */
  readonly blocks?: number;
}

export interface ScaleSection {
  /** What readers look for, as the page names it. */
  readonly finding: string;
  /** Words at 0, 50 and 100. */
  readonly anchors: readonly [string, string, string];
  /** Also ask for a yes or no. */
  readonly call: boolean;
}

export interface ReaderEndpointSection {
  readonly metric: ReaderMerit;
  /** Sensitivity and specificity only: a rating of at least this counts as positive. */
  readonly cut?: number;
  /** Partial AUC only: from and to which false positive rate. */
  readonly range?: readonly [number, number];
  /** Differences below it do not count. */
  readonly margin: number;
  readonly alpha: number;
  readonly correction: 'holm' | 'none';
  readonly readers: (typeof readerMethods)[number];
  readonly cases: (typeof readerMethods)[number];
  readonly covariance: (typeof covarianceMethods)[number];
}
