import { reduceExtremum } from './reduce-extremum.js';

/** The greatest element over axes. */
export const reduceMax = reduceExtremum('ReduceMax');
