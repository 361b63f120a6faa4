import { canonicalJson } from '@chromaray/base/browser';
import { effectiveArm } from './effective-arm.js';
import type { Vocabulary } from './names.js';
import type { Problem } from './problem.js';
import { resolveArm, studyOfArm } from './resolve-arm.js';
import { sectionProblems } from './section-rules.js';
import type { ArmSection, StudyFile, TuneSection } from './study-file.js';
import { tuneRungs } from './tune-rungs.js';
import { type SearchedValues, searchedKeys, strengthKey, tunedArm } from './tune-settings.js';

type Written = (path: readonly PropertyKey[]) => boolean;

/** A search in one arm is no unknown key but a mistake of its own, the one that Chromaray exists to refuse. */
export function tuneOfOneArm(problem: Problem): Problem {
  const [section, index, key, ...rest] = problem.path;
  if (problem.code !== 'UNKNOWN_KEY' || section !== 'arms' || key !== 'tune' || rest.length > 0) return problem;
  return {
    ...problem,
    code: 'TUNE',
    message: `arms[${String(index)}] has a search of its own: an arm whose hyperparameters are searched wins against one whose are not, whatever is compared`,
    remedy: 'Write `tune` at the top of the file: it then searches for every arm, with the same candidates.',
  };
}

/** What a search gets wrong that is well-shaped: values, seeds, and what it would mean in each arm. */
export function tuneProblems(study: StudyFile, written: Written, vocabulary: Vocabulary): readonly Problem[] {
  const { tune } = study;
  if (tune === undefined) return [];
  const values = [...budgetProblems(tune, study.seeds), ...valueProblems(tune)];
  if (values.length > 0) return values;
  return study.arms.flatMap((arm) => armProblems(study, arm, tune, written, vocabulary));
}

function problem(path: readonly PropertyKey[], message: string, remedy: string): Problem {
  return { code: 'TUNE', path: ['tune', ...path], message, remedy };
}

function budgetProblems(tune: TuneSection, seeds: readonly number[]): readonly Problem[] {
  const { method, candidates, epochs, reduction, seed, space } = tune;
  const keys = searchedKeys(space);
  const problems: Problem[] = [];
  if (keys.length === 0) {
    const remedy = 'Write for example `space: { training: { learningRate: { log: [0.0001, 0.01] } } }`.';
    problems.push(problem(['space'], '"tune.space" is empty: there is nothing to search', remedy));
  }
  if (seeds.includes(seed)) {
    const message = `the seed ${seed} of the search is one of the study's: the trial with it would be the one that was chosen for its luck`;
    problems.push(problem(['seed'], message, 'Give `tune.seed` a number that is not in `seeds`.'));
  }
  if (method === 'halving' && tuneRungs(tune).length === 1) {
    const message = `nothing can be halved: ${candidates} candidates of at most ${epochs} epochs allow no second stage at a reduction of ${reduction}`;
    const remedy = 'Give more candidates and epochs than the reduction, or write `method: random`.';
    problems.push(problem(['method'], message, remedy));
  }
  const combinations = keys.reduce((all, [, values]) => all * (listOf(values)?.length ?? Number.POSITIVE_INFINITY), 1);
  if (keys.length > 0 && candidates > combinations) {
    const message = `${candidates} candidates are asked for of a space that has ${combinations}`;
    problems.push(problem(['candidates'], message, `Ask for at most ${combinations}, or widen the space.`));
  }
  return problems;
}

/** A list's values; undefined for a range. */
function listOf(values: SearchedValues): readonly (number | string)[] | undefined {
  return Array.isArray(values) ? (values as readonly (number | string)[]) : undefined;
}

/** Where a range begins and ends. */
function endsOf(values: SearchedValues): readonly [number, number] {
  return 'log' in values ? values.log : (values as { readonly linear: readonly [number, number] }).linear;
}

function valueProblems({ space }: TuneSection): readonly Problem[] {
  return searchedKeys(space).flatMap(([key, values]) => {
    const path = ['space', ...key.split('.')];
    const list = listOf(values);
    if (list !== undefined) {
      if (new Set(list).size === list.length) return [];
      return [problem(path, `"tune.space.${key}" has a value twice`, 'Remove one of them.')];
    }
    const [low, high] = endsOf(values);
    if (low >= high) {
      return [problem(path, `"tune.space.${key}" runs from ${low} to ${high}`, 'Write the lower value first.')];
    }
    if ('log' in values && low <= 0) {
      const message = `"tune.space.${key}" is logarithmic and begins at ${low}, which has no logarithm`;
      return [problem(path, message, 'Begin above 0, or write `linear`.')];
    }
    return [];
  });
}

/** What the ends of each range, and each value of a list, come to in an arm. */
function armProblems(
  study: StudyFile,
  arm: ArmSection,
  { space }: TuneSection,
  written: Written,
  vocabulary: Vocabulary,
): readonly Problem[] {
  return searchedKeys(space).flatMap(([key, values]) => {
    const path = ['space', ...key.split('.')];
    if (setsItself(arm, key)) {
      const message = `the arm "${arm.name}" sets ${key} itself, which "tune.space" searches: the search would undo what the arm is`;
      return [problem(path, message, 'Remove the key from the space, or from the arm.')];
    }
    const ends = listOf(values) ?? endsOf(values);
    const tuned = ends.map((value) => tunedArm(study, arm, { [key]: value }));
    const asWritten = (keys: readonly PropertyKey[]): boolean => keys.join('.') === key || written(keys);
    const wrong = tuned.flatMap((one) => sectionProblems(studyOfArm(study, one), asWritten, vocabulary))[0];
    if (wrong !== undefined) {
      return [problem(path, `in the arm "${arm.name}", ${wrong.message}`, 'Remove it from the space.')];
    }
    const effects = new Set(tuned.map((one) => canonicalJson(effectiveArm(resolveArm(study, one)))));
    if (effects.size > 1) return [];
    const message = `"tune.space.${key}" changes nothing in the arm "${arm.name}": every arm must have the same choice`;
    return [problem(path, message, 'Remove it from the space, or give every arm what it is about.')];
  });
}

/** An arm that overrides a searched key, or the whole that it is part of. */
function setsItself(arm: ArmSection, key: string): boolean {
  const path = key === strengthKey ? ['balance', 'augmentation'] : key.split('.');
  let node: unknown = arm;
  for (const name of path) {
    if (typeof node !== 'object' || node === null) return node !== undefined;
    node = (node as Readonly<Record<string, unknown>>)[name];
  }
  return node !== undefined;
}
