import { readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { studyFolder } from '@chromaray/store';

/** Which folder a workbench shows, and which one holds its studies. */
export interface OpenedFolders {
  readonly folder: string;
  readonly studies: string;
}

/**
 * What somebody means who opens a path: a study file stands for its folder, a study for the folder of studies that it lies
 * in, and a folder of studies for itself. Any other folder holds its studies in `studies`.
 *
 * @param studies folder that holds studies, where it was named
 * @throws an error of the system for a path that is not there
 */
export function openedFolders(opened: string, studies?: string): OpenedFolders {
  const given = path.resolve(opened);
  const folder = statSync(given).isFile() ? path.dirname(given) : given;
  if (studies !== undefined) return { folder, studies: path.resolve(studies) };
  if (isStudy(folder)) return { folder: path.dirname(folder), studies: path.dirname(folder) };
  return { folder, studies: holdsStudies(folder) ? folder : path.join(folder, 'studies') };
}

function holdsStudies(folder: string): boolean {
  return readdirSync(folder, { withFileTypes: true }).some(
    (entry) => entry.isDirectory() && isStudy(path.join(folder, entry.name)),
  );
}

function isStudy(folder: string): boolean {
  const { store } = studyFolder(path.dirname(folder), path.basename(folder));
  return statSync(store, { throwIfNoEntry: false })?.isFile() ?? false;
}
