import { ChromarayError } from '@chromaray/base/browser';
import { type CodeWithRemedy, type ErrorCode, errorEntry } from './table.js';

interface Found {
  /** One sentence: names the file or field, what was found and what was expected. */
  readonly message: string;
  /** The error underneath, when there is one. */
  readonly cause?: unknown;
  /** Plain data for `--json` readers. */
  readonly details?: Readonly<Record<string, unknown>>;
}

/** What an error says in addition to its code: a remedy too, unless the table has one that always applies. */
export type Saying<Code extends ErrorCode> = Found &
  (Code extends CodeWithRemedy ? { readonly remedy?: never } : { readonly remedy: string });

/** An error of the table, for packages that may know the table: all above `contracts`. */
export function codedError<Code extends ErrorCode>(code: Code, saying: Saying<Code>): ChromarayError {
  const { remedy } = saying as { readonly remedy?: string };
  return new ChromarayError({ ...saying, code, remedy: remedy ?? errorEntry(code)!.remedy! });
}
