import { existsSync, mkdirSync, readdirSync } from 'node:fs';
import path from 'node:path';
import type { StudyFolder } from '@chromaray/contracts';
import { codedError } from '@chromaray/contracts/errors';
import { cacheFolder, studyFolder } from '@chromaray/store';
import { Roots } from '@chromaray/web';

/** The folders that a workbench was opened for: where study files and data sets are looked for, and where studies lie. */
export class Workspace {
  readonly roots: Roots;
  /** Real path of the folder that was opened. */
  readonly folder: string;
  /** Real path of the folder that holds studies. */
  readonly studies: string;

  /**
   * @param folder that is opened
   * @param studies folder that holds studies; made when it is not there
   */
  constructor(folder: string, studies: string) {
    mkdirSync(studies, { recursive: true });
    this.roots = new Roots([folder, studies]);
    this.folder = new Roots([folder]).folders[0]!;
    this.studies = new Roots([studies]).folders[0]!;
  }

  get cache(): string {
    return cacheFolder(this.studies);
  }

  /** Names of all studies that have a store, sorted. */
  studyNames(): readonly string[] {
    return readdirSync(this.studies, { withFileTypes: true })
      .filter((entry) => entry.isDirectory() && !entry.name.startsWith('.'))
      .map(({ name }) => name)
      .filter((name) => existsSync(studyFolder(this.studies, name).store))
      .sort();
  }

  /** A study's folder. @throws ChromarayError `CHROMARAY_WEB_PATH`, `CHROMARAY_WEB_NOT_FOUND` */
  study(name: string): StudyFolder {
    const root = this.roots.resolve(name, this.studies);
    const folder = studyFolder(this.studies, path.basename(root));
    if (path.dirname(root) === this.studies && existsSync(folder.store)) return folder;
    throw codedError('CHROMARAY_WEB_NOT_FOUND', {
      message: `There is no study ${JSON.stringify(name.slice(0, 200))} in ${this.studies}.`,
      remedy: 'It may have been moved or deleted; go back to the list of studies.',
      details: { study: name },
    });
  }

  /** A file that must be there, within the roots. @throws ChromarayError `CHROMARAY_WEB_PATH`, `CHROMARAY_WEB_NOT_FOUND` */
  existing(given: string): string {
    const file = this.roots.resolve(given, this.folder);
    if (existsSync(file)) return file;
    throw codedError('CHROMARAY_WEB_NOT_FOUND', {
      message: `There is no ${JSON.stringify(given.slice(0, 300))} in ${this.folder}.`,
      remedy: 'Check the name; paths start from the folder that was opened.',
    });
  }
}
