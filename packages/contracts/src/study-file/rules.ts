import { armProblems, nameProblems, paletteProblems } from './arm-rules.js';
import { classProblems } from './class-rules.js';
import { endpointProblems } from './endpoint-rules.js';
import { executionProblems } from './execution-rules.js';
import type { Vocabulary } from './names.js';
import { overrideProblems } from './override-rules.js';
import type { Problem } from './problem.js';
import { sectionProblems } from './section-rules.js';
import { splitProblems } from './split-rules.js';
import { studyClasses } from './study-classes.js';
import type { StudyFile } from './study-file.js';
import { tuneProblems } from './tune-rules.js';

/**
 * What a well-shaped study file still gets wrong: keys that contradict each other, names that nobody knows.
 *
 * @param written true for a path that is written in the file, in contrast to a default
 */
export function ruleProblems(
  study: StudyFile,
  written: (path: readonly PropertyKey[]) => boolean,
  vocabulary: Vocabulary,
): readonly Problem[] {
  const problems = [
    ...nameProblems(study),
    ...datasetProblems(study, written),
    ...classProblems(study),
    ...endpointProblems(study),
    ...executionProblems(study),
    ...armProblems(study),
    ...splitProblems(study, written),
    ...sectionProblems(study, written, vocabulary),
    ...seedProblems(study),
    ...paletteProblems(study, vocabulary),
    ...overrideProblems(study, written, vocabulary),
  ];
  // What a search changes is judged by what the sections are without it.
  return problems.length > 0 ? problems : tuneProblems(study, written, vocabulary);
}

function datasetProblems(
  { dataset }: StudyFile,
  written: (path: readonly PropertyKey[]) => boolean,
): readonly Problem[] {
  const { layout, preset } = dataset;
  const isCsv = layout === 'csv';
  const misplaced: readonly (readonly [key: string, allowed: boolean, remedy: string])[] = [
    ['preset', isCsv, 'Write `layout: csv`: presets know the columns of published manifests.'],
    [
      'classes',
      layout === 'npz' || (isCsv && preset === undefined) || studyClasses(dataset) !== null,
      'Remove it: folders and presets name classes. Without `positive`, it names those that the study tells apart.',
    ],
    ['uncertain', preset === 'chexpert', 'Remove it: only the preset "chexpert" has uncertain labels.'],
  ];
  return misplaced
    .filter(([key, allowed]) => !allowed && written(['dataset', key]))
    .map(([key, , remedy]) => ({
      code: 'DATASET',
      path: ['dataset', key],
      message: `"dataset.${key}" has no meaning for the layout "${layout}"${preset === undefined ? '' : ` with the preset "${preset}"`}`,
      remedy,
    }));
}

function seedProblems(study: StudyFile): readonly Problem[] {
  if (study.seeds.length === 0) {
    const remedy = 'Write for example `seeds: [1, 2, 3]`.';
    return [{ code: 'SEEDS', path: ['seeds'], message: 'there is no seed, so there is nothing to train', remedy }];
  }
  return study.seeds.flatMap((seed, index) => {
    if (study.seeds.indexOf(seed) === index) return [];
    const remedy = 'Remove one of them: the same seed gives the same numbers, not more evidence.';
    return [{ code: 'DUPLICATE', path: ['seeds', index], message: `the seed ${seed} is given twice`, remedy }];
  });
}
