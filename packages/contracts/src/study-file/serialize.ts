import { stringify } from 'yaml';
import type { StudyFile } from './study-file.js';

/**
 * A study file as it was run: every default written out, paths absolute. Reading it gives the same study. Who executed its trials
 * is no part of it: the run's record and its events say so.
 */
export function serializeStudyFile({ execution, ...study }: StudyFile): string {
  const head = '# The study as it was run, with every default written out.\n';
  const { fractions, ...split } = study.split;
  const { method, seed, repeats, folds, by } = split;
  const several = {
    ...(repeats === undefined ? {} : { repeats }),
    ...(folds === undefined ? {} : { folds }),
    ...(by === undefined ? {} : { by }),
  };
  // Method `sklearn` takes steps and refuses fractions.
  const written = {
    ...study,
    split: method === 'sklearn' ? split : { method, fractions, seed, ...several },
  };
  return head + stringify(written, { lineWidth: 120, aliasDuplicateObjects: false });
}
