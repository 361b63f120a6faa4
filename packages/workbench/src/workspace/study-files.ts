import { readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { isChromarayError, readRegularFileSync } from '@chromaray/base';
import { readStudyFile } from '@chromaray/study';
import type { Workspace } from './workspace.js';

/** A study file of the opened folder. */
export interface FoundStudyFile {
  /** Relative to the opened folder. */
  readonly file: string;
  /** Null for a file that is not yet right. */
  readonly study: string | null;
  readonly modified: string;
  /** The first thing wrong with it; null when it can be run. */
  readonly problem: { readonly code: string; readonly message: string; readonly remedy: string } | null;
}

/** Folders below the opened one that are looked into. */
const depth = 2;
const skipped = /^(\.|node_modules$)/;
/** A study file names its arms; other YAML files of a folder do not. */
const largest = 200_000;

/** Study files of the opened folder and the folders just below it, the latest first. */
export function findStudyFiles(workspace: Workspace): readonly FoundStudyFile[] {
  return yamlFiles(workspace.folder, depth)
    .flatMap((file) => described(file, workspace.folder))
    .sort((a, b) => (a.modified < b.modified ? 1 : -1));
}

function yamlFiles(folder: string, levels: number): readonly string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const file = path.join(folder, entry.name);
    if (entry.isFile() && /\.ya?ml$/.test(entry.name)) return [file];
    return entry.isDirectory() && levels > 1 && !skipped.test(entry.name) && !isStudy(file)
      ? yamlFiles(file, levels - 1)
      : [];
  });
}

/** The folder of a study holds the file as it was run, which is not to be edited. */
function isStudy(folder: string): boolean {
  return statSync(path.join(folder, 'study.db'), { throwIfNoEntry: false })?.isFile() ?? false;
}

function described(file: string, folder: string): readonly FoundStudyFile[] {
  const { size, mtime } = statSync(file);
  if (size > largest) return [];
  const found = { file: path.relative(folder, file), modified: mtime.toISOString() };
  try {
    return [{ ...found, study: readStudyFile(file).name, problem: null }];
  } catch (error) {
    if (!isChromarayError(error)) throw error;
    const { code, message, remedy } = error;
    const isOther =
      code === 'CHROMARAY_STUDY_FILE_EMPTY' ||
      !/^(arms|dataset):/m.test(readRegularFileSync(file, largest).toString('utf8'));
    return isOther ? [] : [{ ...found, study: null, problem: { code, message, remedy } }];
  }
}
