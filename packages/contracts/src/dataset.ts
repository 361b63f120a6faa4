import type { FileTraits, Fingerprint, ImageNote } from '@chromaray/imaging';
import type { Part } from './part.js';
import type { AgeBand, Sex } from './record-attributes.js';

/** How the files of a data set are arranged on disk. */
export const layouts = ['kaggle', 'folders', 'csv', 'dicom', 'npz'] as const;
export type Layout = (typeof layouts)[number];

/** One readable X-ray and what is known about it. */
export interface DatasetRecord {
  /** Path relative to the root, `/`-separated, Unicode NFC: the record's name in every output. */
  readonly id: string;
  /** Absolute path as the file system spells it; it may lead into an archive. */
  readonly file: string;
  /** Class name. */
  readonly label: string;
  /** True when the label is the data set's positive class. */
  readonly positive: boolean;
  /** Patient identifier by the data set's patient rule; null when the data set has none. */
  readonly patient: string | null;
  /** Salted hash of what the identifier has in common with others that look like it; only where `patient` is one itself. */
  readonly patientLikeness?: string;
  /** Finer class in the file name, such as `bacteria` or `virus`; null when there is none. */
  readonly subtype: string | null;
  /** The part in which the data set itself places the record; null when it does not say. */
  readonly givenPart: Part | null;
  /** SHA-256 of the file's bytes. */
  readonly sha256: string;
  /** Hash of the decoded pixels: equal for the same picture in another file. */
  readonly pixelHash: string;
  readonly bytes: number;
  /** Pixels. */
  readonly width: number;
  /** Pixels. */
  readonly height: number;
  /** True when the channels differ, so that the picture shows colour; an RGB file of grays is not colour. */
  readonly colour: boolean;
  /** How the file was written; null for a record that was not read from a file. */
  readonly traits: FileTraits | null;
  /** To compare the picture with others; null for a record that was not read from a file. */
  readonly fingerprint: Fingerprint | null;
  /** `PA`, `AP`, `LL` and others, from the manifest or the DICOM file; null or absent when they do not say. */
  readonly viewPosition?: string | null;
  /** From the manifest or the DICOM file; absent when they do not say. */
  readonly sex?: Sex;
  /** From the manifest or the DICOM file; absent when they do not say. */
  readonly ageBand?: AgeBand;
  /** Manufacturer and model, from the manifest or the DICOM file; absent when they do not say. */
  readonly device?: string;
  /** From the manifest; absent when it does not say. */
  readonly site?: string;
  /** DICOM only: `L`, `R`, `B` or `U`; null when the file does not say. */
  readonly laterality?: string | null;
}

/** A file in the place of a record that cannot be used. */
export interface Unreadable {
  readonly id: string;
  readonly file: string;
  /** Code of the error met, for example `CHROMARAY_IMAGE_TRUNCATED`. */
  readonly code: string;
  /** One sentence for a reader. */
  readonly reason: string;
}

/** A readable record that was left out by choice. */
export interface LeftOut {
  readonly id: string;
  /** A few words for a reader. */
  readonly reason: string;
  /** Of a record that the exclusion list names: its class, and when the list says it was excluded. */
  readonly excluded?: { readonly label: string; readonly time: string };
}

/** Something that the owner of a readable file should know. */
export interface RecordNote extends ImageNote {
  readonly id: string;
}

/** What a class lost of its files on the way to records. */
export interface ClassLoss {
  readonly label: string;
  /** Files of the class that are, or could be, pictures. */
  readonly files: number;
  /** Of these, pictures that cannot be read. */
  readonly unreadable: number;
  /** Of these, files that are not known as pictures of the layout. */
  readonly ignored: number;
}

/** The rule that identifies patients. */
export interface PatientRuleInfo {
  readonly name: string;
  readonly description: string;
}

/** A described data set: the content of its files, read once. */
export interface Dataset {
  /** Absolute path. */
  readonly root: string;
  readonly layout: Layout;
  /** Name of the positive class. */
  readonly positive: string;
  /** Name of the negative class, or the negative classes joined by ` + ` when there are several. */
  readonly negative: string;
  /** All class names, sorted; more than two when negative classes were put together. */
  readonly classes: readonly string[];
  /**
   * The three or more classes that a study tells apart, the reference first, in the order of its probabilities; absent
   * where one class is set against all others. `positive` then names all but the reference, and records of these are
   * positive.
   */
  readonly several?: readonly string[];
  /** Sorted by id. */
  readonly records: readonly DatasetRecord[];
  /** Sorted by id. */
  readonly unreadable: readonly Unreadable[];
  /** Records of other views, classes or certainty than the study asks for; absent when it leaves none out. Sorted by id. */
  readonly leftOut?: readonly LeftOut[];
  /** Files that are no images by their extension, and folders outside the layout; sorted, as ids. */
  readonly ignored: readonly string[];
  /** One entry a class; absent for data sets that were not read from files. */
  readonly losses?: readonly ClassLoss[];
  /** Of readable files, sorted by id; absent when there are none. */
  readonly notes?: readonly RecordNote[];
  /** Null when patients are unknown. */
  readonly patientRule: PatientRuleInfo | null;
  /** SHA-256 over ids, labels, patients, given parts and file hashes: equal for equal content wherever it lies. */
  readonly hash: string;
}
