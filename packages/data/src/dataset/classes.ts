import { type ChromarayError, nearest } from '@chromaray/base';
import { classNamesAlike } from '@chromaray/contracts';
import { codedError } from '@chromaray/contracts/errors';
import { isMissingLabel } from '../patients/missing.js';
import type { ListedRecord } from './listing.js';

export interface ChosenClasses {
  readonly positive: string;
  readonly negative: string;
}

/**
 * Tells which class is the positive one. All others together are the negative one.
 *
 * @param classes every class with a folder or a row
 * @param wanted the positive class; without it, a class called PNEUMONIA is taken
 * @throws ChromarayError `CHROMARAY_DATASET_CLASS_NAMES`, `CHROMARAY_DATASET_ONE_CLASS`,
 *   `CHROMARAY_DATASET_POSITIVE` (all list the classes)
 */
export function chooseClasses(classes: readonly string[], wanted: string | undefined): ChosenClasses {
  const list = classes.map((name) => `"${name}"`).join(', ');
  const lower = classes.map((name) => name.toLowerCase());
  namedLikeOthers(classes);
  const missing = classes.filter((name) => name !== wanted && isMissingLabel(name));
  if (missing.length > 0) {
    throw classError(
      'CLASS_NAMES',
      `The class ${missing.map((name) => JSON.stringify(name)).join(', ')} means that a label is missing or not certain; its records would count as negative`,
      `Fill in the labels, or leave these records out: \`dataset.leaveOut: [${missing.map((name) => JSON.stringify(name)).join(', ')}]\``,
      classes,
    );
  }
  if (classes.length < 2) {
    throw classError('ONE_CLASS', `There is only one class, ${list}`, 'Add the class to compare it with.', classes);
  }
  const sought = wanted?.normalize('NFC');
  const positive = sought === undefined ? classes[lower.indexOf('pneumonia')] : classes.find((name) => name === sought);
  if (positive === undefined) {
    const guess = sought === undefined ? undefined : nearest(sought, classes);
    throw classError(
      'POSITIVE',
      sought === undefined
        ? `Which class is the positive one? There are ${list}`
        : `There is no class "${sought}"; there are ${list}`,
      `Name the positive class (\`dataset.positive\`)${guess === undefined ? '' : `; did you mean "${guess}"?`}`,
      classes,
    );
  }
  return { positive, negative: classes.filter((name) => name !== positive).join(' + ') };
}

/** @throws ChromarayError `CHROMARAY_DATASET_CLASS_NAMES` for two names that mean the same to a reader */
export function namedLikeOthers(classes: readonly string[]): void {
  const twice = classNamesAlike(classes);
  if (twice === null) return;
  throw classError(
    'CLASS_NAMES',
    `Two classes differ only in case, blanks, hyphens or the width of letters: ${twice.map((name) => JSON.stringify(name)).join(' and ')}`,
    'Rename the folders or labels.',
    classes,
  );
}

/**
 * @param unreadable pictures, one of which explains why a class is empty
 * @throws ChromarayError `CHROMARAY_DATASET_EMPTY_CLASS` for a class that no record belongs to
 */
export function refuseEmptyClasses(
  classes: readonly string[],
  records: readonly Pick<ListedRecord, 'label'>[],
  unreadable: readonly { readonly label: string; readonly reason: string }[] = [],
): void {
  const filled = new Set(records.map(({ label }) => label));
  const empty = classes.filter((name) => !filled.has(name));
  if (empty.length === 0) return;
  const first = unreadable.find(({ label }) => empty.includes(label));
  const why = first === undefined ? '' : `; for example: ${first.reason.replace(/\.$/, '')}`;
  throw classError(
    'EMPTY_CLASS',
    `The class ${empty.map((name) => `"${name}"`).join(' and the class ')} holds no readable image${why}`,
    'Fill the folder or remove it.',
    classes,
  );
}

function classError(
  what: 'CLASS_NAMES' | 'EMPTY_CLASS' | 'ONE_CLASS' | 'POSITIVE',
  message: string,
  remedy: string,
  classes: readonly string[],
): ChromarayError {
  return codedError(`CHROMARAY_DATASET_${what}`, {
    message: `${message}.`,
    remedy: remedy.endsWith('?') ? remedy : remedy.replace(/\.?$/, '.'),
    details: { classes },
  });
}
