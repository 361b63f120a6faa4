import { defaultSklearnSteps as steps } from './defaults.js';
import type { Problem } from './problem.js';
import type { SplitSection, StudyFile } from './study-file.js';

const fractionTolerance = 1e-6;

/** The keys that ask for more than one split, and what they give. */
const several = { repeats: 'several random splits', folds: 'folds', by: 'a fold for each site' } as const;

/** What a split gets wrong. */
export function splitProblems(
  { split, tune }: Pick<StudyFile, 'split' | 'tune'>,
  written: (path: readonly PropertyKey[]) => boolean,
): readonly Problem[] {
  return [
    ...fractionProblems(split),
    ...methodProblems(split, written),
    ...severalProblems(split),
    ...(tune === undefined ? [] : tunedProblems(split)),
  ];
}

/** A validation part of one split is tested on in another: what is chosen there would be tested on what chose it. */
function tunedProblems(split: SplitSection): readonly Problem[] {
  const key = (Object.keys(several) as (keyof typeof several)[]).find((one) => split[one] !== undefined);
  if (key === undefined) return [];
  return [
    {
      code: 'SPLIT',
      path: ['split', key],
      message: `"split.${key}" cannot go with "tune": records that choose hyperparameters in one split are tested on in another`,
      remedy: 'Remove one of the two.',
    },
  ];
}

function fractionProblems({ fractions }: SplitSection): readonly Problem[] {
  const sum = fractions.train + fractions.validation + fractions.test;
  if (Math.abs(sum - 1) <= fractionTolerance) return [];
  return [
    {
      code: 'FRACTIONS',
      path: ['split', 'fractions'],
      message: `the fractions of train, validation and test sum to ${Number(sum.toPrecision(6))}, not to 1`,
      remedy: 'Change one of them so that they sum to 1.',
    },
  ];
}

function methodProblems(
  { method }: SplitSection,
  written: (path: readonly PropertyKey[]) => boolean,
): readonly Problem[] {
  const stranger = method === 'sklearn' ? 'fractions' : 'steps';
  if (!written(['split', stranger])) return [];
  return [
    {
      code: 'SPLIT',
      path: ['split', stranger],
      message: `"split.${stranger}" has no meaning for the method "${method}"`,
      remedy:
        method === 'sklearn'
          ? `Use \`steps: { validation: ${steps.validation}, train: ${steps.train} }\`.`
          : 'Use `fractions` instead.',
    },
  ];
}

/** Only splits by patient can be made in several ways, and in one of them at a time. */
function severalProblems(split: SplitSection): readonly Problem[] {
  const given = (Object.keys(several) as (keyof typeof several)[]).filter((key) => split[key] !== undefined);
  const [first, second] = given;
  if (first === undefined) return [];
  if (split.method !== 'patient') {
    return given.map((key) => ({
      code: 'SPLIT',
      path: ['split', key],
      message: `"split.${key}" has no meaning for the method "${split.method}", which gives one split`,
      remedy: 'Remove it, or write `method: patient`.',
    }));
  }
  if (second === undefined) return [];
  return [
    {
      code: 'SPLIT',
      path: ['split', second],
      message: `"split.${first}" asks for ${several[first]}, "split.${second}" for ${several[second]}`,
      remedy: 'Keep one of them.',
    },
  ];
}
