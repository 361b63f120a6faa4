import { readdirSync, statSync } from 'node:fs';
import path from 'node:path';

export interface CachedFile {
  readonly name: string;
  readonly size: number;
  /** Milliseconds; a use sets it. */
  readonly usedAt: number;
}

/** The blobs that a cache holds. */
export function cachedFiles(folder: string): CachedFile[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith('.blob') && !name.startsWith('.'))
    .flatMap((name) => {
      const stats = statSync(path.join(folder, name), { throwIfNoEntry: false });
      return stats === undefined ? [] : [{ name, size: stats.size, usedAt: stats.mtimeMs }];
    });
}
