import type { LeftOut, Part, RecordAttributes } from '@chromaray/contracts';

/** A record as the folders or the manifest name it, before its file is opened. */
export interface ListedRecord {
  /** Path relative to the root, `/`-separated, Unicode NFC. */
  readonly id: string;
  /** Absolute path as the file system spells it. */
  readonly file: string;
  readonly label: string;
  readonly givenPart: Part | null;
  /** The manifest's patient; null where it has none. */
  readonly patientColumn: string | null;
  /** What the manifest states of patient and picture; absent in other layouts. */
  readonly attributes?: RecordAttributes;
}

/** What a layout finds below a root. */
export interface Listing {
  /** Absolute. */
  readonly root: string;
  readonly records: readonly ListedRecord[];
  /** Every class that has a folder or a row, also one without images. */
  readonly classes: readonly string[];
  /** Name of the manifest's patient column; null when there is none. */
  readonly patientColumn: string | null;
  readonly ignored: readonly string[];
  /** Of the files ignored, those in the folder of a class. */
  readonly ignoredOfClasses?: readonly { readonly id: string; readonly label: string }[];
  /** Records that the manifest names and the study leaves out. */
  readonly leftOut?: readonly LeftOut[];
  /** What looks like a patient's id here names something else: `auto` finds no patients. */
  readonly patientsUnknown?: boolean;
}

const partNames: Readonly<Record<string, Part>> = {
  train: 'train',
  training: 'train',
  val: 'validation',
  valid: 'validation',
  validation: 'validation',
  dev: 'validation',
  test: 'test',
  testing: 'test',
};

/** The part that a folder or a cell names (`train`, `Training`, `val`, `validation`, `test` and others), if any. */
export function partNamed(name: string): Part | undefined {
  const key = name.toLowerCase();
  return Object.hasOwn(partNames, key) ? partNames[key] : undefined;
}

/** A path below the root as a record id: `/`-separated and in Unicode NFC on every file system. */
export function toId(relative: string, separator: string): string {
  return relative.split(separator).join('/').normalize('NFC');
}

/** Sorts by UTF-16 code units, which no locale changes. */
export function byId(a: { readonly id: string }, b: { readonly id: string }): number {
  return a.id < b.id ? -1 : a.id > b.id ? 1 : 0;
}
