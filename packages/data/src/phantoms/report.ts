import type { PathologyKind } from '@chromaray/imaging';
import type { PhantomLabel, PhantomPart, PhantomSettings } from './options.js';

/** A file and a copy of it; paths below the data set's folder, with `/`. */
export interface CopiedFile {
  readonly original: string;
  readonly copy: string;
}

/** Every fault planted in a synthetic set: what an audit of it must find, and nothing else. */
export interface PlantedFaults {
  readonly duplicatesAcrossParts: readonly CopiedFile[];
  readonly reencodedDuplicatesAcrossParts: readonly CopiedFile[];
  readonly patientsAcrossParts: readonly { readonly patient: string; readonly files: readonly string[] }[];
  readonly mislabelledDuplicates: readonly CopiedFile[];
  readonly augmentationCopies: readonly { readonly original: string; readonly copies: readonly string[] }[];
  readonly unreadableFiles: readonly { readonly file: string; readonly why: UnreadableKind }[];
  /** Files that bear the mark of the label shortcut; undefined when none was planted. */
  readonly shortcut?: {
    readonly kind: 'marker' | 'border';
    readonly label: PhantomLabel;
    readonly files: readonly string[];
  };
}

export type UnreadableKind = 'empty' | 'text' | 'truncated';

/** One drawn image or copy of one, as its name and folder present it. */
export interface PhantomRecord {
  readonly file: string;
  readonly part: PhantomPart;
  readonly label: PhantomLabel;
  /** The patient its name claims; for a planted copy not the one it shows. */
  readonly patient: string;
  /** What the image shows. */
  readonly kind: PathologyKind;
}

/** What was written. */
export interface PhantomReport {
  readonly settings: PhantomSettings;
  /** Readable images, planted copies included, in the order they were written. */
  readonly records: readonly PhantomRecord[];
  /** Number of different patients named. */
  readonly patients: number;
  readonly planted: PlantedFaults;
}
