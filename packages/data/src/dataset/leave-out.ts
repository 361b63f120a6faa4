import { nearest } from '@chromaray/base';
import type { LeftOut } from '@chromaray/contracts';
import { codedError } from '@chromaray/contracts/errors';
import type { Listing } from './listing.js';

/**
 * A listing without some of its classes: whoever compares pneumonia with healthy lungs leaves out what is neither.
 *
 * @throws ChromarayError `CHROMARAY_DATASET_LEAVE_OUT` for a class that is not there
 */
export function leaveOutClasses(listing: Listing, classes: readonly string[] | undefined): Listing {
  if (classes === undefined) return listing;
  const named = new Set(classes.map((name) => name.normalize('NFC')));
  const unknown = [...named].find((name) => !listing.classes.includes(name));
  if (unknown !== undefined) {
    const guess = nearest(unknown, listing.classes);
    throw codedError('CHROMARAY_DATASET_LEAVE_OUT', {
      message: `There is no class "${unknown}" to leave out; there are ${listing.classes.map((name) => `"${name}"`).join(', ')}.`,
      remedy: `Name classes of the data set in \`dataset.leaveOut\`${guess === undefined ? '.' : `; did you mean "${guess}"?`}`,
      details: { classes: listing.classes },
    });
  }
  const left = listing.records
    .filter(({ label }) => named.has(label))
    .map(({ id, label }): LeftOut => ({ id, reason: `the class is ${label}` }));
  return {
    ...listing,
    records: listing.records.filter(({ label }) => !named.has(label)),
    classes: listing.classes.filter((name) => !named.has(name)),
    leftOut: [...(listing.leftOut ?? []), ...left],
  };
}
