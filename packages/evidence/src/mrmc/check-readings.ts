import { readingsError } from './errors.js';
import type { Reading } from './readings.js';

/** The ratings that readers could give. */
export interface Scale {
  readonly least: number;
  readonly most: number;
}

/** @throws ChromarayError `CHROMARAY_MRMC_RATING` for a rating that is no finite number */
export function requireFinite({ reader, treatment, case: name, rating }: Reading): void {
  if (Number.isFinite(rating)) return;
  throw readingsError(
    'RATING',
    `The rating of case ${name} by reader ${reader} in arm ${treatment} is ${String(rating)}; expected a number.`,
    'Leave readings without a rating out: they are counted as missing.',
    { reader, treatment, case: name },
  );
}

/** @throws ChromarayError `CHROMARAY_MRMC_SCALE` for the first rating outside the scale, with the number of all such */
export function requireScale(readings: readonly Reading[], { least, most }: Scale): void {
  const outside = readings.filter(({ rating }) => rating < least || rating > most);
  const [first] = outside;
  if (first === undefined) return;
  const { reader, treatment, case: name, rating } = first;
  throw readingsError(
    'SCALE',
    `The rating of case ${name} by reader ${reader} in arm ${treatment} is ${rating}, outside the scale of ${least} to ${most}${
      outside.length === 1 ? '' : `; ${outside.length} ratings are`
    }.`,
    'Correct the ratings, or declare the scale that was used.',
    { reader, treatment, case: name, outside: outside.length },
  );
}
