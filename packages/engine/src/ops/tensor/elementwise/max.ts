import { extremum } from './extremum.js';

/** The greatest of its inputs, element by element. */
export const max = extremum('Max');
