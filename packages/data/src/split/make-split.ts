import { type Dataset, defaultSklearnSteps, type Split, type SplitSection } from '@chromaray/contracts';
import { splitByPatient } from './by-patient.js';
import { splitByFold } from './folds.js';
import { splitAsProvided } from './provided.js';
import { sitesOf, splitBySite } from './sites.js';
import { splitLikeSklearn } from './sklearn.js';
import { refuseThinClasses } from './thin-classes.js';

/** How many splits a study is trained on. */
export function splitCount(
  { repeats, folds, by }: SplitSection,
  records: readonly { readonly site?: string }[],
): number {
  return by === 'site' ? Math.max(1, sitesOf(records).length) : (folds ?? repeats ?? 1);
}

/** Seeds of splits are 32-bit numbers. */
const seeds = 2 ** 32;

/** The section of one of several random splits: each has the next seed. Folds share theirs. */
export function sectionOfSplit(section: SplitSection, number: number): SplitSection {
  const { repeats, ...split } = section;
  return repeats === undefined ? section : { ...split, seed: (split.seed + number - 1) % seeds };
}

/**
 * Divides a data set into train, validation and test as a study file asks. The same data set and section
 * give the same split, on every machine.
 *
 * @param number which of a study's splits, from 1
 * @throws ChromarayError `CHROMARAY_SPLIT_SITES`, `CHROMARAY_SPLIT_TOO_FEW_PATIENTS`, `CHROMARAY_SPLIT_NOT_PROVIDED` or
 *   `CHROMARAY_SPLIT_TOO_FEW_RECORDS`
 */
export function makeSplit(dataset: Dataset, section: SplitSection, number = 1): Split {
  const split = dividedAs(dataset, section, number);
  refuseThinClasses(dataset, (id) => split.part.get(id));
  return split;
}

function dividedAs(dataset: Dataset, section: SplitSection, number: number): Split {
  const { method, fractions, seed, folds, by } = sectionOfSplit(section, number);
  switch (method) {
    case 'patient':
      if (by === 'site') return splitBySite(dataset, { fractions, seed }, number);
      if (folds !== undefined) return splitByFold(dataset, { fractions, seed }, folds, number);
      return splitByPatient(dataset, fractions, seed);
    case 'provided':
      return splitAsProvided(dataset, fractions, seed);
    case 'sklearn':
      return splitLikeSklearn(dataset, section.steps ?? defaultSklearnSteps, seed);
  }
}
