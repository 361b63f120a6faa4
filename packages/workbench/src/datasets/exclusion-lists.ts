import { existsSync } from 'node:fs';
import path from 'node:path';
import { codedError } from '@chromaray/contracts/errors';
import { addExclusions, type Exclusion, readExclusions, removeExclusions } from '@chromaray/data';
import type { Workspace } from '../workspace/workspace.js';

/** The exclusion lists of the opened folder: CSV files that study files name as `dataset.exclude`. */
export class ExclusionLists {
  /** Writing follows writing: two pages that exclude at once lose nothing. */
  private last: Promise<unknown> = Promise.resolve();

  constructor(private readonly workspace: Workspace) {}

  /** Where a list is. @throws ChromarayError `CHROMARAY_WEB_PATH`; `CHROMARAY_WEB_REQUEST` for a file of another kind */
  place(given: string): string {
    const { roots, folder } = this.workspace;
    const file = roots.resolve(given, folder);
    if (file.endsWith('.csv')) return file;
    throw codedError('CHROMARAY_WEB_REQUEST', {
      message: `${path.relative(folder, file)} is no exclusion list by its name.`,
      remedy: 'Name a file that ends in .csv.',
    });
  }

  /** What a list leaves out; nothing where there is none yet. @throws as `readExclusions` */
  async read(given: string): Promise<readonly Exclusion[]> {
    const file = this.place(given);
    return existsSync(file) ? readExclusions(file) : [];
  }

  /** @returns how many were added */
  add(given: string, rows: readonly Exclusion[]): Promise<number> {
    return this.inTurn(() => addExclusions(this.place(given), rows));
  }

  /** @returns how many were taken off */
  async remove(given: string, records: readonly string[]): Promise<number> {
    const file = this.place(given);
    return this.inTurn(async () => (existsSync(file) ? removeExclusions(file, records) : 0));
  }

  private inTurn<T>(work: () => Promise<T>): Promise<T> {
    const done = this.last.then(work);
    this.last = done.catch(() => {});
    return done;
  }
}
