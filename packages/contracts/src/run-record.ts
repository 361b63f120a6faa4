import type { Finding } from './audit.js';
import type { ShortcutBaseline } from './shortcut.js';
import type { EndpointSection } from './study-file/study-file.js';
import type { Machine } from './verdict.js';
import type { WeightsRecord } from './weights-record.js';

/** The study as it was when training began. */
export interface DeclaredStudy {
  /** SHA-256 of the study file that was written into the folder. */
  readonly file: string;
  /**
   * The endpoint before the first trial was finished; in folders of versions before registrations only, whose place
   * `registration.json` has taken.
   */
  readonly endpoint?: EndpointSection;
  /** True when a registration must be there: one that is gone is not made anew. */
  readonly registered?: boolean;
}

/** What a study's folder must keep of its runs to conclude and report later, in addition to store and manifest. */
export interface RunRecord {
  /** Findings that would have stopped the study and were accepted. */
  readonly accepted: readonly Finding[];
  /** Absent in folders of version 0.1.0. */
  readonly declared?: DeclaredStudy;
  /** How the training part was balanced. */
  readonly balance: string;
  readonly versions: Readonly<Record<string, string>>;
  readonly machine: Machine;
  /** Trials at once, and threads of each. */
  readonly concurrency: number;
  readonly threads: number;
  /** The file that pretrained weights came from; absent for networks that began at random. */
  readonly weights?: WeightsRecord;
  /** By arm whose network is not the study's: its file; null for one that began at random. */
  readonly armWeights?: Readonly<Record<string, WeightsRecord | null>>;
  /** ISO 8601, of the first run. */
  readonly started: string;
  /** ISO 8601, of the run that finished the last trial; null before. */
  readonly finished: string | null;
  /** Wall-clock seconds of all runs that ended by themselves or by Ctrl-C; a killed run is not counted. */
  readonly seconds: number;
  /** What classifiers that cannot see the lungs reach on the test part; absent in studies of earlier versions. */
  readonly shortcuts?: readonly ShortcutBaseline[];
  /** Pack of the test part by kind of pixels: where the report's samples come from. */
  readonly testPacks: Readonly<Record<string, string>>;
  /**
   * The same of each further split (`split.folds`, `split.repeats`) by its number, from 2; absent of one split, in studies of
   * earlier versions, and until the split is trained.
   */
  readonly otherTestPacks?: Readonly<Record<string, Readonly<Record<string, string>>>>;
}
