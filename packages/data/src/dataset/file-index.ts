import path from 'node:path';
import { readRegularFileSync, sha256, writeFileAtomic } from '@chromaray/base';
import type { FileFacts } from './inspect.js';

/** Raised whenever a fact is measured in another way, so that old indexes are not believed. */
const indexVersion = 7;

/**
 * What earlier runs learned about the files of a data set, so that an unchanged file is not decoded
 * again. A file counts as unchanged when its path, size and time of modification are. An index that
 * cannot be read counts as empty: it can always be made again.
 */
export class FileIndex {
  private readonly file: string;
  private readonly known: Map<string, FileFacts>;
  private changed = false;

  constructor(directory: string, root: string) {
    this.file = path.join(directory, `index-${sha256(root).slice(0, 16)}.json`);
    this.known = load(this.file);
  }

  find(id: string, bytes: number, mtimeMs: number): FileFacts | undefined {
    const facts = this.known.get(id);
    return facts?.bytes === bytes && facts.mtimeMs === mtimeMs ? facts : undefined;
  }

  add(id: string, facts: FileFacts): void {
    this.known.set(id, facts);
    this.changed = true;
  }

  /** @throws ChromarayError `CHROMARAY_FILE_WRITE` */
  save(): void {
    if (!this.changed) return;
    writeFileAtomic(this.file, JSON.stringify({ version: indexVersion, files: Object.fromEntries(this.known) }));
    this.changed = false;
  }
}

function load(file: string): Map<string, FileFacts> {
  try {
    const content = JSON.parse(readRegularFileSync(file).toString('utf8')) as {
      version: number;
      files: Record<string, FileFacts>;
    };
    return content.version === indexVersion ? new Map(Object.entries(content.files)) : new Map();
  } catch {
    return new Map();
  }
}
