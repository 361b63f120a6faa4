import { type Dataset, defaultSklearnSteps, type Split, type SplitSection } from '@chromaray/contracts';
import { splitByPatient } from './by-patient.js';
import { splitAsProvided } from './provided.js';
import { splitLikeSklearn } from './sklearn.js';

/**
 * Divides a data set into train, validation and test as a study file asks. The same data set and section
 * give the same split, on every machine.
 *
 * @throws ChromarayError `CHROMARAY_SPLIT_TOO_FEW_PATIENTS`, `CHROMARAY_SPLIT_NOT_PROVIDED` or
 *   `CHROMARAY_SPLIT_TOO_FEW_RECORDS`
 */
export function makeSplit(dataset: Dataset, section: SplitSection): Split {
  const { method, fractions, seed } = section;
  switch (method) {
    case 'patient':
      return splitByPatient(dataset, fractions, seed);
    case 'provided':
      return splitAsProvided(dataset, fractions, seed);
    case 'sklearn':
      return splitLikeSklearn(dataset, section.steps ?? defaultSklearnSteps, seed);
  }
}
