import { appendFileSync, closeSync, readSync } from 'node:fs';
import path from 'node:path';
import { openRegularFileSync, sha256, writeError, writeFileAtomic } from '@chromaray/base';
import type { FileFacts } from './inspect.js';

/** Raised whenever a fact is measured in another way, so that old indexes are not believed. */
const indexVersion = 8;
/** Files that are learned of before they are written together; what a kill may cost. */
const filesAtOnce = 256;

/**
 * What earlier runs learned about the files of a data set, so that an unchanged file is not decoded again. A file counts as
 * unchanged when its path, size and time of modification are.
 *
 * A line of JSON tells its version, each other line of one file; later lines take the place of earlier ones. Lines are added while a
 * data set is read, so that a run that was killed has lost little, and a hundred thousand files need no text that is
 * longer than JavaScript's strings may be. A line that cannot be read counts as absent: it can always be made again.
 */
export class FileIndex {
  private readonly file: string;
  private readonly known: Map<string, FileFacts>;
  private readonly added: string[] = [];
  /** The file is to be written anew: another version, nothing yet, or mostly lines whose place others took. */
  private isStale: boolean;

  constructor(directory: string, root: string) {
    this.file = path.join(directory, `index-${sha256(root).slice(0, 16)}.jsonl`);
    const { version, files, lines } = load(this.file);
    this.known = version === indexVersion ? files : new Map();
    this.isStale = version !== indexVersion || lines > 2 * files.size + filesAtOnce;
  }

  find(id: string, bytes: number, mtimeMs: number): FileFacts | undefined {
    const facts = this.known.get(id);
    return facts?.bytes === bytes && facts.mtimeMs === mtimeMs ? facts : undefined;
  }

  /** @throws ChromarayError `CHROMARAY_FILE_WRITE` */
  add(id: string, facts: FileFacts): void {
    this.known.set(id, facts);
    this.added.push(lineOf(id, facts));
    if (this.added.length >= filesAtOnce) this.save();
  }

  /** @throws ChromarayError `CHROMARAY_FILE_WRITE` */
  save(): void {
    if (this.added.length === 0) return;
    if (this.isStale) {
      writeFileAtomic(this.file, this.allLines());
      this.isStale = false;
    } else {
      try {
        appendFileSync(this.file, `\n${this.added.join('\n')}\n`);
      } catch (error) {
        throw writeError(this.file, error);
      }
    }
    this.added.length = 0;
  }

  private *allLines(): Generator<Uint8Array, void> {
    yield Buffer.from(`${JSON.stringify({ version: indexVersion })}\n`);
    for (const [id, facts] of this.known) yield Buffer.from(`${lineOf(id, facts)}\n`);
  }
}

function lineOf(id: string, facts: FileFacts): string {
  return JSON.stringify([id, facts]);
}

interface Loaded {
  readonly version: number | undefined;
  readonly files: Map<string, FileFacts>;
  readonly lines: number;
}

function load(file: string): Loaded {
  const files = new Map<string, FileFacts>();
  let version: number | undefined;
  let lines = 0;
  try {
    for (const line of linesOf(file)) {
      const value = parsed(line);
      if (version === undefined) {
        version = (value as { version?: number } | undefined)?.version;
        if (version !== indexVersion) break;
      } else if (Array.isArray(value) && typeof value[0] === 'string' && value[1] !== null) {
        files.set(value[0], value[1] as FileFacts);
        lines++;
      }
    }
  } catch {
    // Not there yet, or not to be read: then nothing is known.
  }
  return { version, files, lines };
}

/** A line that a kill or another process cut short says nothing. */
function parsed(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}

const newline = 10;

/** The lines of a file that may be longer than a string; empty ones are left out. */
function* linesOf(file: string): Generator<string, void> {
  const descriptor = openRegularFileSync(file);
  try {
    const chunk = Buffer.allocUnsafe(1 << 20);
    let begun: Buffer[] = [];
    for (let count = readSync(descriptor, chunk); count > 0; count = readSync(descriptor, chunk)) {
      let from = 0;
      for (let end = chunk.indexOf(newline); end >= 0 && end < count; end = chunk.indexOf(newline, from)) {
        const line = Buffer.concat([...begun, chunk.subarray(from, end)]).toString('utf8');
        if (line !== '') yield line;
        begun = [];
        from = end + 1;
      }
      if (from < count) begun.push(Buffer.from(chunk.subarray(from, count)));
    }
    const line = Buffer.concat(begun).toString('utf8');
    if (line !== '') yield line;
  } finally {
    closeSync(descriptor);
  }
}
