import { classNamesAlike } from '../class-names.js';
import type { Problem } from './problem.js';
import { studyClasses } from './study-classes.js';
import type { StudyFile } from './study-file.js';

/** What a study gets wrong about the classes that it tells apart. */
export function classProblems(study: StudyFile): readonly Problem[] {
  const { dataset, labels } = study;
  const classes = studyClasses(dataset);
  if (classes === null) return twoClassProblems(study);
  const problems: Problem[] = [];
  const alike = classNamesAlike(classes);
  if (alike !== null) {
    problems.push({
      code: 'DATASET',
      path: ['dataset', 'classes'],
      message: `two classes differ only in case, blanks, hyphens or the width of letters: "${alike[0]}" and "${alike[1]}"`,
      remedy: 'Name each class once, as its folder, file names or labels do.',
    });
  }
  if (classes.length < 3) {
    problems.push({
      code: 'DATASET',
      path: ['dataset', 'classes'],
      message: `there are ${classes.length} classes, and none of them is the positive one`,
      remedy: 'Write `positive` in place of `classes`, or name three or more classes.',
    });
  }
  if (labels !== undefined) {
    problems.push({
      code: 'VALUE',
      path: ['labels'],
      message:
        'labels can be turned in studies of two classes only: with more, which class they become is another choice',
      remedy: 'Remove `labels`, or write `positive` in place of `classes`.',
    });
  }
  for (const key of ['folds', 'by'] as const) {
    if (study.split[key] === undefined) continue;
    problems.push({
      code: 'SPLIT',
      path: ['split', key],
      message: `"split.${key}" is for studies of two classes, and this one tells more apart`,
      remedy: 'Remove it: one split by patient, or `repeats`, serves several classes.',
    });
  }
  return [...problems, ...armLabelProblems(study)];
}

function twoClassProblems({ dataset }: StudyFile): readonly Problem[] {
  if (dataset.positive === undefined) {
    const message = '"dataset.positive" is missing, and so are classes to tell apart ("dataset.classes")';
    const remedy = 'Write for example `positive: PNEUMONIA`, or `classes: [NORMAL, BACTERIA, VIRUS]`.';
    return [{ code: 'REQUIRED', path: ['dataset', 'positive'], message, remedy }];
  }
  if (dataset.classRule === undefined) return [];
  const message = '"dataset.classRule" has no meaning where one class is set against all others';
  const remedy = 'Remove it, or write `classes` in place of `positive`.';
  return [{ code: 'DATASET', path: ['dataset', 'classRule'], message, remedy }];
}

function armLabelProblems({ arms }: StudyFile): readonly Problem[] {
  return arms.flatMap((arm, index) =>
    arm.labels === undefined || arm.labels === null
      ? []
      : [
          {
            code: 'VALUE' as const,
            path: ['arms', index, 'labels'],
            message: `the arm "${arm.name}" turns labels, which studies of two classes can only`,
            remedy: 'Remove `labels` of the arm.',
          },
        ],
  );
}
