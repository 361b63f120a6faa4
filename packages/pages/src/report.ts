/**
 * What draws figures. An entry of its own: the library for plots and the document it draws into take 0.3 s to load, which
 * commands that draw nothing do without.
 */

export { readersReport } from './readers/readers-report.js';
export { confusionMatrices } from './report/figures/confusion-matrix.js';
export { trainingCurves } from './report/figures/training-curves.js';
export { writeReport } from './report/files/write-report.js';
export { withoutPictures } from './report/without-pictures.js';
