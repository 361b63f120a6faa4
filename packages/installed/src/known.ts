import { nearest } from '@chromaray/base';
import { installError } from './fault.js';
import type { KindWords } from './kind.js';

/** A file that is known by name, installed or not. */
export interface KnownFile {
  readonly name: string;
  /** Where it can be downloaded; null where its authors publish none that can be used as it is. */
  readonly url: string | null;
  readonly bytes: number | null;
  /** Null where no hash is published: the first one met is pinned, on request only. */
  readonly sha256: string | null;
  readonly licence: string;
  readonly source: string;
  /** How to get it where it cannot be downloaded. */
  readonly note: string;
}

/** @throws ChromarayError `_UNKNOWN` of the kind's area, with the nearest name */
export function findKnown<K extends KnownFile>({ area, noun }: KindWords, name: string, known: readonly K[]): K {
  const found = known.find((each) => each.name === name);
  if (found !== undefined) return found;
  const names = known.map((each) => each.name);
  const guess = nearest(name, names);
  throw installError(area, 'UNKNOWN', {
    message: `"${name}" is not the name of ${noun} that can be got; known are ${names.join(', ')}.`,
    remedy: guess === undefined ? 'Use one of these, or add a file of your own.' : `Did you mean ${guess}?`,
    details: { name, names },
  });
}
