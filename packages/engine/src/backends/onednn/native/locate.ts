import { existsSync, readdirSync, realpathSync } from 'node:fs';
import { basename, join } from 'node:path';

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
 * if it names one; otherwise the newest first, and of equal versions those in an active conda environment before those
 * of the system. The version is what the name of the file says that a link ends at (`libdnnl.so.2` is a link to
 * `libdnnl.so.2.6`); nothing is loaded for it.
 */
export function libraryCandidates({ platform, environment }: Surroundings): readonly string[] {
  const named = environment.CHROMARAY_ONEDNN;
  if (named !== undefined && named !== '') return [named];
  const names = fileNames[platform] ?? fileNames.linux!;
  const files = libraryFolders(platform, environment).flatMap((folder) =>
    names.map((name) => join(folder, name)).filter((file) => existsSync(file)),
  );
  // One file may be found by several names and folders.
  const found = new Map<string, string>();
  for (const file of files) {
    const target = realpathSync(file);
    if (!found.has(target)) found.set(target, file);
  }
  return [...found]
    .map(([target, file]) => ({ file, version: versionInName(target) }))
    .sort((a, b) => b.version[0] - a.version[0] || b.version[1] - a.version[1])
    .map(({ file }) => file);
}

/** Major and minor version as a file's name has them (`libdnnl.so.3.14`, `libdnnl.3.14.dylib`); 0 where it has none. */
function versionInName(file: string): readonly [major: number, minor: number] {
  const [, major = '0', minor = '0'] = /dnnl\.(?:so\.)?(\d+)(?:\.(\d+))?/.exec(basename(file)) ?? [];
  return [Number(major), Number(minor)];
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
