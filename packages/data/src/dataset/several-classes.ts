import { nearest } from '@chromaray/base';
import { codedError } from '@chromaray/contracts/errors';
import { namedLikeOthers } from './classes.js';
import type { Listing } from './listing.js';

/**
 * Labels that are numbers become the classes they stand for, from 0; names stay.
 *
 * @param several the classes that a study tells apart
 */
export function namedByNumber<Of extends Listing>(listing: Of, several: readonly string[]): Of {
  const rename = (label: string): string => {
    if (several.includes(label) || !/^\d+(?:\.0)?$/.test(label)) return label;
    return several[Number(label)] ?? label;
  };
  const records = listing.records.map((record) => ({ ...record, label: rename(record.label) }));
  return { ...listing, records, classes: [...new Set(listing.classes.map(rename))].sort() };
}

/**
 * Refuses a data set whose classes are not those that a study tells apart. One that is named and has no record is refused
 * with those that have none.
 *
 * @param found every class with a folder or a row
 * @param several as the study names them, the reference first
 * @throws ChromarayError `CHROMARAY_DATASET_CLASS_NAMES`, `CHROMARAY_DATASET_CLASSES` (both list the classes)
 */
export function requireNamedClasses(found: readonly string[], several: readonly string[]): void {
  namedLikeOthers(found);
  const missing = several.find((name) => !found.includes(name));
  const stranger = found.find((name) => !several.includes(name));
  if (missing === undefined && stranger === undefined) return;
  const list = (names: readonly string[]): string => names.map((name) => `"${name}"`).join(', ');
  const guess = missing === undefined ? undefined : nearest(missing, found);
  throw codedError('CHROMARAY_DATASET_CLASSES', {
    message:
      missing === undefined
        ? `The data set has the class "${stranger}", which the study does not name: ${list(several)}.`
        : `The data set has no record of the class "${missing}"; it has ${list(found)}.`,
    remedy:
      missing === undefined
        ? `Add it to \`dataset.classes\`, or leave its records out: \`dataset.leaveOut: [${JSON.stringify(stranger)}]\`.`
        : `Name the classes as folders, labels or file names do (\`dataset.classes\`, \`dataset.classRule\`)${guess === undefined ? '.' : `; did you mean "${guess}"?`}`,
    details: { found, named: several },
  });
}
