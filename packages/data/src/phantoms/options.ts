import type { ChromarayError } from '@chromaray/base';
import { codedError } from '@chromaray/contracts/errors';
import { type PhantomFormat, phantomSizes } from '@chromaray/imaging';

/** Parts and classes as the folders of the reference set are named. */
export type PhantomPart = 'train' | 'val' | 'test';
export type PhantomLabel = 'NORMAL' | 'PNEUMONIA';
export const phantomParts: readonly PhantomPart[] = ['train', 'val', 'test'];
export const phantomLabels: readonly PhantomLabel[] = ['NORMAL', 'PNEUMONIA'];

/** Number of patients of each class in each part. */
export type PhantomPatients = Readonly<Record<PhantomPart, Readonly<Record<PhantomLabel, number>>>>;

/** Faults to plant, each off unless given. All counts are whole numbers. */
export interface PhantomFaults {
  /** Images of train that are in test once more, byte for byte, under the name of another patient. */
  readonly duplicatesAcrossParts?: number;
  /** The same with the copy saved anew, so that its pixels look alike but its bytes differ. */
  readonly reencodedDuplicatesAcrossParts?: number;
  /** Patients of train of whom a further image, of their own and not a copy, is in test. */
  readonly patientsAcrossParts?: number;
  /** Images of train that are in train once more, byte for byte, in the folder of the other class. */
  readonly mislabelledDuplicates?: number;
  /** Copies posing as augmentation, named as Keras names augmented files: `sources` images, `copies` of each. */
  readonly augmentationCopies?: {
    readonly sources: number;
    readonly copies: number;
    /** True spreads the copies over train, val and test, as happens when a set is split after augmenting. */
    readonly acrossParts?: boolean;
  };
  /** Files in train that are no images: empty, text, or cut off in the middle, in turn. */
  readonly unreadableFiles?: number;
  /** A mark that gives the class away, on `share` (default 1) of the images of `label`, in every part. */
  readonly shortcut?: { readonly kind: 'marker' | 'border'; readonly label: PhantomLabel; readonly share?: number };
}

export interface PhantomDatasetOptions {
  /** Default 1. */
  readonly seed?: number | string;
  /** Side of the square images in pixels; default 128. */
  readonly size?: number;
  /** 0 is obvious pneumonia, 1 is invisible; default {@link defaultSubtlety}. */
  readonly subtlety?: number;
  /** Default 200 patients, half of them with pneumonia, by {@link phantomPatients}. */
  readonly patients?: PhantomPatients;
  /** Fewest and most images of one patient; default 1 to 3. */
  readonly imagesPerPatient?: readonly [fewest: number, most: number];
  /** Share of the pneumonias that are bacterial (lobar); the others are viral (diffuse). Default 0.6. */
  readonly bacterialShare?: number;
  /** Default jpeg. */
  readonly format?: PhantomFormat;
  readonly faults?: PhantomFaults;
}

/** Options with every default filled in; together they determine every byte of the set. */
export interface PhantomSettings extends Required<PhantomDatasetOptions> {}

/** Learnable from 700 images of 64 pixels (AUROC 0.91 with three convolutions), far from saturated, so arms can differ. */
export const defaultSubtlety = 0.3;

/**
 * Divides patients 70 : 10 : 20 among train, val and test, at least one of each class in each part.
 *
 * @param total patients in all
 * @param pneumoniaShare share of them with pneumonia, between 0 and 1
 */
export function phantomPatients(total: number, pneumoniaShare = 0.5): PhantomPatients {
  const ofPart = (fraction: number) => {
    const all = total * fraction;
    return {
      NORMAL: Math.max(1, Math.round(all * (1 - pneumoniaShare))),
      PNEUMONIA: Math.max(1, Math.round(all * pneumoniaShare)),
    };
  };
  return { train: ofPart(0.7), val: ofPart(0.1), test: ofPart(0.2) };
}

/**
 * Fills in defaults and checks ranges.
 *
 * @throws ChromarayError `CHROMARAY_PHANTOMS_OPTION` naming the field, what was found and what was expected
 */
export function phantomSettings(options: PhantomDatasetOptions): PhantomSettings {
  const settings: PhantomSettings = {
    seed: options.seed ?? 1,
    size: options.size ?? 128,
    subtlety: options.subtlety ?? defaultSubtlety,
    patients: options.patients ?? phantomPatients(200),
    imagesPerPatient: options.imagesPerPatient ?? [1, 3],
    bacterialShare: options.bacterialShare ?? 0.6,
    format: options.format ?? 'jpeg',
    faults: options.faults ?? {},
  };
  const { faults } = settings;
  checkWhole('size', settings.size, phantomSizes.smallest, phantomSizes.largest);
  checkShare('subtlety', settings.subtlety);
  checkShare('bacterialShare', settings.bacterialShare);
  for (const part of phantomParts) {
    for (const label of phantomLabels)
      checkWhole(`patients.${part}.${label}`, settings.patients[part][label], 0, 99_999);
  }
  const [fewest, most] = settings.imagesPerPatient;
  checkWhole('imagesPerPatient[0]', fewest, 1, 99);
  checkWhole('imagesPerPatient[1]', most, fewest, 99);
  if (settings.format !== 'jpeg' && settings.format !== 'png') {
    throw optionError('format', settings.format, "'jpeg' or 'png'");
  }
  for (const name of [
    'duplicatesAcrossParts',
    'reencodedDuplicatesAcrossParts',
    'patientsAcrossParts',
    'mislabelledDuplicates',
    'unreadableFiles',
  ] as const) {
    checkWhole(`faults.${name}`, faults[name] ?? 0, 0, 99_999);
  }
  if (faults.augmentationCopies) {
    checkWhole('faults.augmentationCopies.sources', faults.augmentationCopies.sources, 0, 99_999);
    checkWhole('faults.augmentationCopies.copies', faults.augmentationCopies.copies, 1, 99_999);
  }
  if (faults.shortcut) checkShare('faults.shortcut.share', faults.shortcut.share ?? 1);
  return settings;
}

/** The error for an option out of range. */
export function optionError(field: string, found: unknown, expected: string): ChromarayError {
  return codedError('CHROMARAY_PHANTOMS_OPTION', {
    message: `${field} of the synthetic data set is ${JSON.stringify(found)}; expected ${expected}.`,
    remedy: `Give ${field} a value in that range.`,
    details: { field, found },
  });
}

function checkWhole(field: string, value: number, low: number, high: number): void {
  if (!Number.isInteger(value) || value < low || value > high) {
    throw optionError(field, value, `a whole number from ${low} to ${high}`);
  }
}

function checkShare(field: string, value: number): void {
  if (!(value >= 0 && value <= 1)) throw optionError(field, value, 'a number from 0 to 1');
}
