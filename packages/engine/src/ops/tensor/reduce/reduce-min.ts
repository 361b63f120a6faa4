import { reduceExtremum } from './reduce-extremum.js';

/** The least element over axes. */
export const reduceMin = reduceExtremum('ReduceMin');
