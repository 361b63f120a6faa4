import { armProblems, nameProblems, paletteProblems } from './arm-rules.js';
import { classProblems } from './class-rules.js';
import { defaultSklearnSteps as steps } from './defaults.js';
import { endpointProblems } from './endpoint-rules.js';
import type { Vocabulary } from './names.js';
import { overrideProblems } from './override-rules.js';
import type { Problem } from './problem.js';
import { sectionProblems } from './section-rules.js';
import { studyClasses } from './study-classes.js';
import type { StudyFile } from './study-file.js';
import { tuneProblems } from './tune-rules.js';

const fractionTolerance = 1e-6;

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

function splitProblems(study: StudyFile, written: (path: readonly PropertyKey[]) => boolean): readonly Problem[] {
  const { method, fractions } = study.split;
  const problems: Problem[] = [];
  const sum = fractions.train + fractions.validation + fractions.test;
  if (Math.abs(sum - 1) > fractionTolerance) {
    problems.push({
      code: 'FRACTIONS',
      path: ['split', 'fractions'],
      message: `the fractions of train, validation and test sum to ${Number(sum.toPrecision(6))}, not to 1`,
      remedy: 'Change one of them so that they sum to 1.',
    });
  }
  const stranger = method === 'sklearn' ? 'fractions' : 'steps';
  if (written(['split', stranger])) {
    problems.push({
      code: 'SPLIT',
      path: ['split', stranger],
      message: `"split.${stranger}" has no meaning for the method "${method}"`,
      remedy:
        method === 'sklearn'
          ? `Use \`steps: { validation: ${steps.validation}, train: ${steps.train} }\`.`
          : 'Use `fractions` instead.',
    });
  }
  if (study.split.repeats !== undefined && method !== 'patient') {
    problems.push({
      code: 'SPLIT',
      path: ['split', 'repeats'],
      message: `"split.repeats" has no meaning for the method "${method}", which gives one split`,
      remedy: 'Remove it, or write `method: patient`.',
    });
  }
  return problems;
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
