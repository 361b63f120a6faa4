import type { Imbalance, Split, SplitMethod } from './split.js';

/** How a split came about, beyond its method. */
export type SplitChoice =
  | {
      /** Of so many random splits, the one whose class counts come nearest to the fractions. */
      readonly kind: 'nearest-of-shuffles';
      readonly shuffles: number;
    }
  | {
      /** The test part is one of several folds by patient. */
      readonly kind: 'fold';
      readonly number: number;
      readonly of: number;
    }
  | {
      /** The test part is one of several sites. */
      readonly kind: 'site';
      readonly site: string;
      readonly number: number;
      readonly of: number;
    }
  | {
      /** The validation part that the data set comes with was too small and was made anew from train by patient. */
      readonly kind: 'validation-remade';
      readonly flaw: ValidationFlaw;
      /** Records taken as validation, and their share of what is not for testing. */
      readonly taken: number;
      readonly share: number;
    };

/** What makes a validation part too small. */
export type ValidationFlaw =
  | { readonly kind: 'missing' }
  | { readonly kind: 'few-records'; readonly records: number; readonly of: number; readonly leastShare: number }
  | { readonly kind: 'few-patients'; readonly patients: number; readonly least: number };

/** What is to be said about a split. */
export interface SplitFacts {
  readonly method: SplitMethod;
  readonly patientsKnown: boolean;
  /** Name of the positive class. */
  readonly positive: string;
  readonly imbalance: Pick<Imbalance, 'largestSizeGap' | 'largestPrevalenceGap'>;
  readonly choice: SplitChoice | null;
}

/** The facts about a split of a data set. */
export function splitFacts(
  { method, imbalance, choice }: Pick<Split, 'method' | 'imbalance' | 'choice'>,
  dataset: { readonly positive: string; readonly patientRule: unknown },
): SplitFacts {
  const { largestSizeGap, largestPrevalenceGap } = imbalance;
  return {
    method,
    patientsKnown: dataset.patientRule !== null,
    positive: dataset.positive,
    imbalance: { largestSizeGap, largestPrevalenceGap },
    choice: choice ?? null,
  };
}

/** Sentences about a split for the manifest, the report and the terminal: what was changed or given up. */
export function splitNotes({ method, patientsKnown, positive, imbalance, choice }: SplitFacts): readonly string[] {
  const notes: string[] = [];
  if (method === 'sklearn') {
    notes.push(
      'Split as by scikit-learn: records are shuffled one by one, so images of one patient, and copies of one image, may be in more than one part.',
    );
  } else if (!patientsKnown) {
    notes.push(
      'Patients are unknown, so each record counts as a patient of its own: images of one child may be in more than one part, and every figure may be too good.',
    );
  }
  if (choice?.kind === 'nearest-of-shuffles') {
    const points = (share: number): string => (100 * share).toFixed(2);
    const { largestSizeGap, largestPrevalenceGap } = imbalance;
    notes.push(
      `Of ${choice.shuffles} random splits${patientsKnown ? ' by patient' : ''}, the one whose class counts come nearest to the fractions was taken: sizes differ from the fractions by at most ${points(largestSizeGap)} points, the share of ${positive} from the whole by at most ${points(largestPrevalenceGap)}.`,
    );
  }
  if (choice?.kind === 'fold') {
    notes.push(
      `The test part is fold ${choice.number} of ${choice.of}: patients apart, stratified by class, every record in the test part of one fold.`,
    );
  }
  if (choice?.kind === 'site') {
    notes.push(
      `The test part is the site ${choice.site}, ${choice.number} of ${choice.of}: networks learned from the others alone.`,
    );
  }
  if (choice?.kind === 'validation-remade') {
    const { flaw, taken, share } = choice;
    notes.push(
      `The data set's own validation part ${flawText(flaw)}. It was put back into train, and ${taken} records (${(100 * share).toFixed(1)} %) of other patients than those in train were taken as validation. The test part is as provided.`,
    );
  }
  return notes;
}

function flawText(flaw: ValidationFlaw): string {
  switch (flaw.kind) {
    case 'missing':
      return 'is missing';
    case 'few-records':
      return `has ${flaw.records} of ${flaw.of} records, less than ${100 * flaw.leastShare} %`;
    case 'few-patients':
      return `has ${flaw.patients} patients of one class, fewer than ${flaw.least}`;
  }
}
