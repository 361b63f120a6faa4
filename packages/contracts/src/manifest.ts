import type { DatasetRecord, Layout, PatientRuleInfo, Unreadable } from './dataset.js';
import type { Part } from './part.js';
import type { Split } from './split.js';

/** A record and the part it served in. Where the file lay is left out: the manifest is the same on every machine. */
export interface ManifestRecord extends Omit<DatasetRecord, 'file' | 'fingerprint' | 'traits'> {
  readonly part: Part;
}

/** `manifest.json`: which records a study used, for what, and their hashes. */
export interface Manifest {
  readonly dataset: {
    readonly hash: string;
    readonly layout: Layout;
    readonly positive: string;
    readonly negative: string;
    readonly patientRule: PatientRuleInfo | null;
  };
  readonly split: Pick<Split, 'method' | 'seed' | 'counts' | 'imbalance' | 'notes'>;
  /** Sorted by id. */
  readonly records: readonly ManifestRecord[];
  readonly unreadable: readonly Pick<Unreadable, 'id' | 'code'>[];
  /** Readable records that were left out by choice, counted by reason; absent where there are none. */
  readonly leftOut?: readonly { readonly reason: string; readonly records: number }[];
}
