/**
 * What is read from a table, column by column, each with a check of what came.
 *
 * A damaged file may hold anything in any column. Text that is not UTF-8 ends the process inside libsql, so text is
 * fetched as bytes and decoded here; a number that is no number becomes an error with a code, not a wrong result.
 */
export interface Column<T> {
  /** SQL of the value. */
  readonly sql: string;
  /** @throws Damage when the value cannot be what was written */
  readonly decode: (value: unknown) => T;
}

export type Columns = Readonly<Record<string, Column<unknown>>>;

/** A row as its columns decode it. */
export type Row<C extends Columns> = { readonly [K in keyof C]: C[K] extends Column<infer T> ? T : never };

/** A value that this program cannot have written. */
export class Damage extends Error {}

export function text(sql: string): Column<string> {
  return { sql, decode: decodeText };
}

export function real(sql: string): Column<number> {
  return { sql, decode: (value) => (typeof value === 'number' ? value : damaged('a number', value)) };
}

export function integer(sql: string): Column<number> {
  return { sql, decode: (value) => (Number.isSafeInteger(value) ? (value as number) : damaged('an integer', value)) };
}

/** One of a few words. */
export function word<W extends string>(sql: string, words: readonly W[]): Column<W> {
  const decode = (value: unknown): W => {
    const found = decodeText(value) as W;
    return words.includes(found) ? found : damaged(words.join(' or '), found);
  };
  return { sql, decode };
}

/** One of a few words, fetched as its place among them: many rows of the same words are read in half the time. */
export function codedWord<W extends string>(sql: string, words: readonly W[]): Column<W> {
  const cases = words.map((known, place) => `WHEN '${known}' THEN ${place}`).join(' ');
  const decode = (value: unknown): W => words[value as number] ?? damaged(words.join(' or '), value);
  return { sql: `(CASE ${sql} ${cases} END)`, decode };
}

/** 0 or 1. */
export function flag(sql: string): Column<boolean> {
  return { sql, decode: (value) => (value === 0 || value === 1 ? value === 1 : damaged('0 or 1', value)) };
}

/** JSON text of something that `check` accepts. */
export function json<T>(sql: string, check: (value: unknown) => value is T): Column<T> {
  const decode = (value: unknown): T => {
    let parsed: unknown;
    try {
      parsed = JSON.parse(decodeText(value));
    } catch {
      return damaged('JSON', value);
    }
    return check(parsed) ? parsed : damaged('JSON of another shape', value);
  };
  return { sql, decode };
}

/** A column that may be NULL. */
export function nullable<T>({ sql, decode }: Column<T>): Column<T | null> {
  return { sql, decode: (value) => (value === null ? null : decode(value)) };
}

/** The list of a SELECT: text as bytes, and every name chosen here, since names from a damaged schema are no better. */
export function selectList(columns: Columns): string {
  return Object.entries(columns)
    .map(([name, { sql }]) => `iif(typeof(${sql}) = 'text', CAST(${sql} AS BLOB), ${sql}) AS ${name}`)
    .join(', ');
}

const replacement = '\uFFFD';
const strict = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

function decodeText(value: unknown): string {
  if (!Buffer.isBuffer(value)) return damaged('text', value);
  const decoded = value.toString('utf8');
  if (!decoded.includes(replacement)) return decoded;
  try {
    return strict.decode(value);
  } catch {
    return damaged('UTF-8', value);
  }
}

function damaged(expected: string, found: unknown): never {
  const shown = Buffer.isBuffer(found) ? `the bytes ${found.toString('hex').slice(0, 40)}` : JSON.stringify(found);
  throw new Damage(`${expected} was expected, ${shown} was found`);
}
