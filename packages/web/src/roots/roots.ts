import { lstatSync, realpathSync } from 'node:fs';
import path from 'node:path';
import { codedError } from '@chromaray/contracts/errors';

/**
 * The folders that a server was opened for. Every path that comes with a request passes through here: it must lie
 * inside one of them in fact, with all links followed.
 */
export class Roots {
  /** Real paths. */
  readonly folders: readonly string[];

  /** @throws an error of the system for a folder that is not there */
  constructor(folders: readonly string[]) {
    this.folders = [...new Set(folders.map((folder) => realpathSync.native(folder)))];
  }

  /**
   * The real path of a file or folder, which may still have to be made: then its nearest folder that is there counts.
   *
   * @param given absolute, or relative to `base`
   * @param base a folder within the roots, or one of them. Default: the first root
   * @throws ChromarayError `CHROMARAY_WEB_PATH` when it leads out, or is no path
   */
  resolve(given: string, base: string = this.folders[0]!): string {
    if (given.includes('\0')) throw leadsOut(given);
    const real = realOfNearest(path.resolve(base, given));
    if (real !== undefined && this.folders.some((root) => isWithin(root, real))) return real;
    throw leadsOut(given);
  }
}

/** True for the folder itself and for all below it. */
export function isWithin(folder: string, file: string): boolean {
  const way = path.relative(folder, file);
  return way === '' || !(way === '..' || way.startsWith(`..${path.sep}`) || path.isAbsolute(way));
}

/** Follows links as far as the path is there; undefined for one that cannot be followed, such as a link to itself. */
function realOfNearest(file: string): string | undefined {
  const missing: string[] = [];
  for (let at = file; ; at = path.dirname(at)) {
    try {
      return path.join(realpathSync.native(at), ...missing);
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code !== 'ENOENT' || at === path.dirname(at) || leadsNowhere(at)) return undefined;
      missing.unshift(path.basename(at));
    }
  }
}

/** A link to what is not there: writing would make it, wherever that is. */
function leadsNowhere(file: string): boolean {
  return lstatSync(file, { throwIfNoEntry: false })?.isSymbolicLink() ?? false;
}

function leadsOut(given: string) {
  return codedError('CHROMARAY_WEB_PATH', {
    message: `The path ${JSON.stringify(given.slice(0, 300))} leads out of the folders that the server was opened for.`,
  });
}
