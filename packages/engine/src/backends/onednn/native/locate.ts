import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

/** Names the library goes by, newest interface first. */
const fileNames: Readonly<Record<string, readonly string[]>> = {
  linux: ['libdnnl.so.3', 'libdnnl.so.2', 'libdnnl.so'],
  darwin: ['libdnnl.3.dylib', 'libdnnl.2.dylib', 'libdnnl.dylib'],
  win32: ['dnnl.dll'],
};

/** Where a library may be. */
export interface Surroundings {
  readonly platform: NodeJS.Platform;
  readonly environment: Readonly<Record<string, string | undefined>>;
}

/**
 * Files that may be oneDNN, in the order in which to try them: the one `CHROMARAY_ONEDNN` names and no other
 * if it names one; otherwise those in an active conda environment, then those of the system.
 */
export function libraryCandidates({ platform, environment }: Surroundings): readonly string[] {
  const named = environment.CHROMARAY_ONEDNN;
  if (named !== undefined && named !== '') return [named];
  const names = fileNames[platform] ?? fileNames.linux!;
  return libraryFolders(platform, environment).flatMap((folder) =>
    names.map((name) => join(folder, name)).filter((file) => existsSync(file)),
  );
}

function libraryFolders(platform: NodeJS.Platform, environment: Surroundings['environment']): readonly string[] {
  const conda = environment.CONDA_PREFIX;
  if (platform === 'win32') {
    const path = (environment.PATH ?? environment.Path ?? '').split(';').filter((folder) => folder !== '');
    return [...(conda === undefined ? [] : [join(conda, 'Library', 'bin')]), ...path];
  }
  const own = conda === undefined ? [] : [join(conda, 'lib')];
  if (platform === 'darwin') return [...own, '/opt/homebrew/lib', '/usr/local/lib'];
  const search = (environment.LD_LIBRARY_PATH ?? '').split(':').filter((folder) => folder !== '');
  return [...own, ...search, '/usr/local/lib', ...multiarch('/usr/lib'), '/usr/lib64', '/usr/lib'];
}

/** Debian keeps libraries in one folder a processor architecture. */
function multiarch(parent: string): readonly string[] {
  if (!existsSync(parent)) return [];
  return readdirSync(parent)
    .filter((name) => name.endsWith('-linux-gnu'))
    .map((name) => join(parent, name));
}
