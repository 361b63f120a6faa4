import type { Path } from './edit-yaml.js';
import type { Problem } from './editor.js';

/** The problems at a value, and at all that lies in it. */
export function problemsIn(problems: readonly Problem[], path: Path): readonly Problem[] {
  return problems.filter((problem) => path.every((key, i) => problem.path[i] === key));
}

/** The problems of a section that belong to none of its fields: a key that it does not know, or the section itself. */
export function ownProblems(problems: readonly Problem[], path: Path, keys: readonly (string | number)[]) {
  return problemsIn(problems, path).filter(
    ({ path: place }) => place.length === path.length || !keys.includes(place[path.length]!),
  );
}
