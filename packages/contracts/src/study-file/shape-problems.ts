import { nearest } from '@chromaray/base/browser';
import type { z } from 'zod';
import { type Problem, pathText, valueText } from './problem.js';
import { studyFileSchema } from './schema.js';
import { knownKeys } from './schema-keys.js';

type Issue = z.core.$ZodIssue;

/** The kind of file that is checked: what it may hold, and what leads on. */
export interface FileGuide {
  readonly schema: z.ZodType;
  /** The command that writes an example. */
  readonly example: string;
  /** The page that lists the keys. */
  readonly page: string;
}

const studyFile: FileGuide = {
  schema: studyFileSchema,
  example: 'chromaray study init',
  page: 'docs/study-file.md',
};

/** What zod found wrong with a file's shape, in words; unknown keys first, since they explain the rest. */
export function shapeProblems(
  issues: readonly Issue[],
  content: unknown,
  guide: FileGuide = studyFile,
): readonly Problem[] {
  const problems = issues.flatMap((issue) => problemsOf(issue, [], content, guide));
  return [...problems.filter(({ atKey }) => atKey), ...problems.filter(({ atKey }) => !atKey)];
}

function problemsOf(
  issue: Issue,
  parent: readonly PropertyKey[],
  content: unknown,
  guide: FileGuide,
): readonly Problem[] {
  const path = [...parent, ...issue.path];
  const found = valueAt(content, path);
  switch (issue.code) {
    case 'unrecognized_keys':
      return issue.keys.map((key) => unknownKey(path, key, guide));
    case 'invalid_union':
      if (issue.discriminator !== undefined) {
        // The path is that of the key which tells the alternatives apart.
        return found === undefined ? [missing(path, guide)] : [wrongOption(path, found, optionsOf(issue), guide)];
      }
      return unionProblems(issue.errors, path, content, found, guide);
    case 'invalid_type':
      if (found === undefined) return [missing(path, guide)];
      return [wrong('TYPE', path, found, typeName(issue.expected), guide)];
    case 'invalid_value':
      if (found === undefined) return [missing(path, guide)];
      return [wrongOption(path, found, issue.values.map(String), guide)];
    case 'too_small': {
      const bound = `${issue.inclusive ? 'at least' : 'more than'} ${issue.minimum}`;
      return [wrong('VALUE', path, found, bound + unit(issue.origin), guide)];
    }
    case 'too_big': {
      const bound = `${issue.inclusive ? 'at most' : 'less than'} ${issue.maximum}`;
      return [wrong('VALUE', path, found, bound + unit(issue.origin), guide)];
    }
    case 'invalid_key':
      return [wrongName(path, issue.issues[0]?.message ?? issue.message, guide)];
    default:
      return [wrong('VALUE', path, found, issue.message, guide)];
  }
}

/** What tells alternatives apart may be these; zod's types do not have them. */
function optionsOf(issue: Extract<Issue, { code: 'invalid_union' }>): readonly string[] {
  return ((issue as { readonly options?: readonly unknown[] }).options ?? []).map(String);
}

/** Of the alternatives of a union, speaks of the one that comes nearest to what was written. */
function unionProblems(
  branches: readonly (readonly Issue[])[],
  path: readonly PropertyKey[],
  content: unknown,
  found: unknown,
  guide: FileGuide,
): readonly Problem[] {
  if (found === undefined) return [missing(path, guide)];
  const isContainer = typeof found === 'object' && found !== null;
  if (isContainer) {
    const inside = branches.filter((issues) => issues.every((issue) => issue.path.length > 0 || 'keys' in issue));
    const closest = inside.sort((a, b) => faults(a) - faults(b))[0];
    if (closest !== undefined) return shapeProblemsWithin(closest, path, content, guide);
  }
  const options = branches.flat().flatMap((issue) => (issue.code === 'invalid_value' ? issue.values.map(String) : []));
  if (options.length > 0 && typeof found === 'string') return [wrongOption(path, found, options, guide)];
  const keys = knownKeys(guide.schema, path);
  const expected = [
    ...options.map((option) => `"${option}"`),
    ...(keys.length > 0 ? [`a mapping with ${keys.map((key) => `"${key}"`).join(', ')}`] : []),
  ];
  return [wrong('TYPE', path, found, expected.length > 0 ? expected.join(' or ') : 'another kind of value', guide)];
}

function shapeProblemsWithin(
  issues: readonly Issue[],
  path: readonly PropertyKey[],
  content: unknown,
  guide: FileGuide,
) {
  return issues.flatMap((issue) => problemsOf(issue, path, content, guide));
}

function faults(issues: readonly Issue[]): number {
  return issues.reduce((sum, issue) => sum + (issue.code === 'unrecognized_keys' ? issue.keys.length : 1), 0);
}

function unknownKey(path: readonly PropertyKey[], key: string, guide: FileGuide): Problem {
  const known = knownKeys(guide.schema, path);
  const guess = nearest(key, known);
  const place = path.length === 0 ? '' : ` in ${pathText(path)}`;
  return {
    code: 'UNKNOWN_KEY',
    path: [...path, key],
    atKey: true,
    message: `there is no key "${key}"${place}${guess === undefined ? '' : `; did you mean "${guess}"?`}`,
    remedy: `Known keys${place}: ${known.join(', ')}.`,
  };
}

/** A name that the file's author chooses, of a factor or of a level. */
function wrongName(path: readonly PropertyKey[], fault: string, { page }: FileGuide): Problem {
  return {
    ...{ code: 'VALUE', path, atKey: true },
    message: `"${String(path.at(-1))}" cannot be a name in ${pathText(path.slice(0, -1))}: it ${fault}`,
    remedy: `Choose another name; ${page} says which can be.`,
  };
}

function missing(path: readonly PropertyKey[], { example }: FileGuide): Problem {
  return {
    code: 'REQUIRED',
    path,
    message: `"${pathText(path)}" is missing`,
    remedy: `Add it; \`${example}\` writes a complete example.`,
  };
}

function wrong(
  code: Problem['code'],
  path: readonly PropertyKey[],
  found: unknown,
  expected: string,
  { page }: FileGuide,
): Problem {
  return {
    code,
    path,
    message: `"${pathText(path)}" is ${valueText(found)}; expected ${expected}`,
    remedy: `Correct the value; ${page} lists what each key takes.`,
  };
}

function wrongOption(
  path: readonly PropertyKey[],
  found: unknown,
  options: readonly string[],
  guide: FileGuide,
): Problem {
  const guess = typeof found === 'string' ? nearest(found, options) : undefined;
  const problem = wrong(
    'VALUE',
    path,
    found,
    options.length === 1 ? options[0]! : `one of ${options.join(', ')}`,
    guide,
  );
  return guess === undefined ? problem : { ...problem, message: `${problem.message}; did you mean "${guess}"?` };
}

function typeName(expected: string): string {
  const names: Record<string, string> = {
    int: 'a whole number',
    number: 'a number',
    string: 'a text',
    boolean: 'true or false',
    array: 'a list',
    object: 'a mapping of keys',
    tuple: 'a list of two numbers',
  };
  return names[expected] ?? expected;
}

function unit(origin: string): string {
  if (origin === 'string') return ' characters';
  return origin === 'array' ? ' entries' : '';
}

function valueAt(content: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (value, key) => (value as Record<PropertyKey, unknown> | null | undefined)?.[key],
    content,
  );
}
