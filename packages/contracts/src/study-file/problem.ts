import type { FaultOf } from '../errors/table.js';

type ProblemCode = Exclude<FaultOf<'STUDY_FILE'>, 'MISSING' | 'UNREADABLE' | 'EMPTY' | 'EDITED'>;

/** Something wrong in a study file, before it is tied to a line. */
export interface Problem {
  /** What follows `CHROMARAY_STUDY_FILE_`. */
  readonly code: ProblemCode;
  /** Keys and indices from the top of the file to the value concerned. */
  readonly path: readonly PropertyKey[];
  /** True when the key itself is wrong and not its value. */
  readonly atKey?: boolean;
  /** What was found and what was expected, without the place. */
  readonly message: string;
  readonly remedy: string;
}

/** A path as a reader writes it: `arms[1].colour.map`. */
export function pathText(path: readonly PropertyKey[]): string {
  return path.reduce<string>((text, key) => {
    if (typeof key === 'number') return `${text}[${key}]`;
    return text === '' ? String(key) : `${text}.${String(key)}`;
  }, '');
}

/** A value as it is shown in a message: short, on one line. */
export function valueText(value: unknown): string {
  if (value === undefined) return 'nothing';
  const text = JSON.stringify(value) ?? String(value);
  return text.length > 60 ? `${text.slice(0, 57)}...` : text;
}
