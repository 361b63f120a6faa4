import { counted } from '@chromaray/base/browser';
import { z } from 'zod';
import type { Problem } from './problem.js';

const scalar = z.union([z.string().min(1).max(100), z.number(), z.boolean(), z.null()]);
const levelName = z
  .string()
  .regex(
    /^[A-Za-z][A-Za-z0-9-]{0,30}$/,
    'must begin with a letter and have letters, digits and hyphens only, at most 31',
  );

/** One level of a factor. */
export interface FactorLevel {
  /** Part of the names of arms. */
  readonly level: string;
  readonly value: unknown;
}

/** As schemas give values: nothing is read-only. */
type Written = { level: string; value: unknown };

/**
 * A list of values, which name themselves, or names with values; as a list of both, since a mapping puts names that are
 * numbers into an order of its own. The first is the control's.
 */
const levels = z.union([
  z
    .array(scalar)
    .min(2)
    .max(1000)
    .refine((values) => new Set(values.map(nameOf)).size === values.length, 'each level once')
    .transform((values): Written[] => values.map((value) => ({ level: nameOf(value), value }))),
  z
    .record(levelName, z.unknown())
    .transform((named): Written[] => Object.entries(named).map(([level, value]) => ({ level, value }))),
  z.array(z.strictObject({ level: z.string().regex(/^[A-Za-z0-9][A-Za-z0-9-]{0,30}$/), value: z.unknown() })).min(2),
]);

/** What may differ between the arms of a full factorial: a key of arms and its levels. */
export const factors = z.record(
  levelName,
  z.strictObject({
    key: z
      .string()
      .regex(/^[A-Za-z]+(\.[A-Za-z]+)*$/)
      .max(200),
    levels,
  }),
);

/** Factors by name. */
export type FactorsSection = Readonly<
  Record<string, { readonly key: string; readonly levels: readonly FactorLevel[] }>
>;

/** Cells that are made into arms without being asked twice, and at most. */
export const usualCells = 64;
export const mostCells = 10_000;

type Content = Readonly<Record<string, unknown>>;

/** Sections that an arm may override, and its colour. */
const sections = ['image', 'colour', 'balance', 'labels', 'model', 'training'];

/**
 * The content of a study file with an arm for every combination of the levels of its factors, named
 * `size-64_clahe-none`; the control has the first level of each. Content without factors, or whose arms are listed already
 * (as in a study's own copy of its file), is left as it is.
 *
 * @param limit - most cells that are expanded
 * @returns the problems where it cannot be done; a factorial over the limit is not expanded
 */
export function expandFactors(
  content: unknown,
  limit: number,
): { readonly content: unknown; readonly problems: readonly Problem[] } {
  const given = (content as Content | null)?.factors;
  if (given === undefined) return { content, problems: [] };
  const parsed = factors.safeParse(given);
  // Its shape is told by the schema of the whole file.
  if (!parsed.success) return { content: { arms: [], ...(content as Content) }, problems: [] };
  const problems = factorProblems(parsed.data, content as Content, limit);
  if (problems.length > 0) return { content, problems };
  const cells = cellsOf(parsed.data);
  const { arms } = content as Content;
  if (arms === undefined) return { content: { ...(content as Content), arms: cells.map(armOf) }, problems: [] };
  const listed = Array.isArray(arms) ? arms.map((arm: unknown) => (arm as Content | null)?.name) : [];
  if (listed.join() === cells.map(({ name }) => name).join()) return { content, problems: [] };
  const message = '"factors" makes the arms, and "arms" lists others';
  return { content, problems: [problem(['arms'], message, 'Remove `arms`, or `factors`.')] };
}

function factorProblems(of: FactorsSection, content: Content, limit: number): readonly Problem[] {
  const entries = Object.entries(of);
  if (entries.length === 0) {
    return [
      problem(
        ['factors'],
        'there is no factor',
        'Add one, for example `size: { key: image.size, levels: [64, 128] }`.',
      ),
    ];
  }
  const problems = entries.flatMap(([name, { key, levels: own }], i) => {
    const path = ['factors', name];
    if (!sections.includes(key.split('.', 1)[0]!) || (key !== 'colour' && !key.includes('.') && key !== 'labels')) {
      const remedy = `Name a key of ${sections.join(', ')}, such as image.size or training.learningRate.`;
      return [problem([...path, 'key'], `"${key}" is no key of an arm`, remedy)];
    }
    if (own.length < 2) {
      return [problem([...path, 'levels'], 'a factor has at least two levels, each once', 'Add a level.')];
    }
    const other = entries
      .slice(0, i)
      .find(([, earlier]) => `${key}.`.startsWith(`${earlier.key}.`) || `${earlier.key}.`.startsWith(`${key}.`));
    if (other === undefined) return [];
    return [
      problem([...path, 'key'], `the factors "${other[0]}" and "${name}" set the same key`, 'Make one factor of them.'),
    ];
  });
  if (problems.length > 0 || content.arms !== undefined) return problems;
  const count = entries.reduce((product, [, { levels: own }]) => product * own.length, 1);
  if (count <= limit) return [];
  const seeds = Array.isArray(content.seeds) ? content.seeds.length : 3;
  return [
    problem(
      ['factors'],
      `${counted(entries.length, 'factor')} make ${counted(count, 'cell')}, each an arm: with ${counted(seeds, 'seed')} ${counted(count * seeds, 'trial')}; ${counted(limit, 'cell')} at most are made`,
      limit < mostCells && count <= mostCells
        ? 'Leave out levels, or pass --yes to train them all.'
        : 'Leave out factors or levels.',
    ),
  ];
}

/** One combination of levels: by factor, the level's name and value. */
interface Cell {
  readonly name: string;
  readonly isControl: boolean;
  readonly values: readonly { readonly key: string; readonly value: unknown }[];
}

/** Every cell's level of each factor, in the order of arms: the last factor changes fastest. */
function cellLevels(of: FactorsSection): readonly Readonly<Record<string, FactorLevel>>[] {
  return Object.entries(of).reduce<readonly Readonly<Record<string, FactorLevel>>[]>(
    (cells, [factor, { levels: own }]) => cells.flatMap((cell) => own.map((level) => ({ ...cell, [factor]: level }))),
    [{}],
  );
}

function cellsOf(of: FactorsSection): readonly Cell[] {
  return cellLevels(of).map((cell, i) => ({
    name: Object.entries(cell)
      .map(([factor, { level }]) => `${factor}-${level}`)
      .join('_'),
    isControl: i === 0,
    values: Object.entries(cell).map(([factor, { value }]) => ({ key: of[factor]!.key, value })),
  }));
}

function armOf({ name, isControl, values }: Cell): Content {
  const arm: Record<string, unknown> = { name, control: isControl };
  for (const { key, value } of values) {
    const path = key.split('.');
    // An arm without a colour does not have the key; one without noise says so, as the study may have some.
    if (key === 'colour' && value === null) continue;
    let at = arm;
    for (const part of path.slice(0, -1)) {
      if (!Object.hasOwn(at, part)) at[part] = {};
      at = at[part] as Record<string, unknown>;
    }
    at[path.at(-1)!] = structuredClone(value);
  }
  return arm;
}

/** What a value of a list is called in names of arms. */
function nameOf(value: z.infer<typeof scalar>): string {
  return value === null
    ? 'none'
    : String(value)
        .replaceAll(/[^A-Za-z0-9]+/g, '-')
        .replace(/^-/, 'minus-');
}

function problem(path: readonly PropertyKey[], message: string, remedy: string): Problem {
  return { code: 'FACTORS', path, message, remedy };
}
