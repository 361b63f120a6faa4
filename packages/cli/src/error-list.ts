import { count } from '@chromaray/base';

/** More lines than this say nothing more; all of them are in the output of --json. */
const shownLines = 200;

/**
 * What an error is about besides its first case, a line each, for codes whose message names one of many: the mistakes
 * of a study file, the pictures of another data set that the models have learned from.
 */
export function errorLines(code: string, details: Readonly<Record<string, unknown>> | undefined): readonly string[] {
  const lines = code.startsWith('CHROMARAY_STUDY_FILE_')
    ? mistakes(details?.problems)
    : code === 'CHROMARAY_EVALUATE_OVERLAP'
      ? overlaps(details?.shared)
      : [];
  const more = lines.length - shownLines;
  return more <= 0 ? lines : [...lines.slice(0, shownLines), `and ${count(more)} more; --json lists all of them`];
}

interface Mistake {
  readonly line: number | null;
  readonly path: readonly PropertyKey[];
  readonly message: string;
}

/** Nothing where there is only one, which the message has named. */
function mistakes(problems: unknown): readonly string[] {
  const all = (problems ?? []) as readonly Mistake[];
  if (all.length < 2) return [];
  return [...all]
    .sort((a, b) => (a.line ?? 0) - (b.line ?? 0))
    .map(({ line, path, message }) => {
      const key = keyText(path);
      return [...(line === null ? [] : [`line ${line}`]), ...(key === '' ? [] : [key]), message].join(': ');
    });
}

function overlaps(shared: unknown): readonly string[] {
  return ((shared ?? []) as readonly { readonly record: string; readonly known: string }[]).map(
    ({ record, known }) => `${record}, in the study ${known}`,
  );
}

/** A path of keys as it is written in the documentation: `arms[1].colour.map`. */
function keyText(path: readonly PropertyKey[]): string {
  return path.reduce<string>((text, key) => {
    if (typeof key === 'number') return `${text}[${key}]`;
    return text === '' ? String(key) : `${text}.${String(key)}`;
  }, '');
}
