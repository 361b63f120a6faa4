import type { DatasetSection } from './study-file.js';

/**
 * The classes of a study that tells three or more apart, the reference first; null for a study of a positive class against
 * all others. Where something has two sides only, the reference is set against all others together.
 */
export function studyClasses({ classes, positive }: Pick<DatasetSection, 'classes' | 'positive'>) {
  return positive === undefined && classes !== undefined ? classes.map((name) => name.normalize('NFC')) : null;
}
