import type { StudyVerdict } from './verdict.js';

/** What the numbers of a study are measured on: `the test part`, or the test parts of its folds together. */
export function testedOn({ folds }: Pick<StudyVerdict, 'folds'>): string {
  if (folds === undefined) return 'the test part';
  const { finished, asked, sites } = folds;
  const of = finished === asked ? `${asked}` : `${finished} of ${asked}`;
  return sites === null
    ? `the test parts of ${of} folds together`
    : `${of} sites, each by networks that learned from the others`;
}

/** How a study with folds was tested, in a sentence; empty for one without. */
export function foldsSentence({ folds }: Pick<StudyVerdict, 'folds'>): string {
  if (folds === undefined) return '';
  const what =
    folds.sites === null
      ? `The records were divided into ${folds.asked} folds, patients apart and stratified by class`
      : `The X-rays of each of ${folds.asked} sites (${folds.sites.join(', ')}) were a fold`;
  return `${what}; each fold was tested on by networks trained on the others, with a validation part taken from these. A network's value is its mean over folds, whose X-rays are never ranked among those of other folds.`;
}
