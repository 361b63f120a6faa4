import { extremum } from './extremum.js';

/** The least of its inputs, element by element. */
export const min = extremum('Min');
