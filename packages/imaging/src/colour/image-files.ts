import { readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { ChromarayError } from '@chromaray/base';
import { fileReadError, imageError } from '../decode/image-error.js';

const imageExtensions = new Set(['.dcm', '.dicom', '.jpeg', '.jpg', '.png']);

/**
 * - `as-input`: the folders and names of the input, as PNG;
 * - `original`: as the original study kept its colours: `c_train`, `c_val` and `c_test` for what stands in
 *   `train`, `val` and `test`, each file under its source's name.
 */
export type OutputLayout = 'as-input' | 'original';

/** A picture to be coloured, and its place below the output folder. */
export interface ColouringJob {
  readonly file: string;
  /** Relative to the output folder. */
  readonly output: string;
}

/**
 * Finds what is to be coloured: the file itself, or every .jpeg, .jpg, .png, .dcm and .dicom below a folder, sorted by
 * path. Folders and names are kept and the extension becomes .png; where two pictures would then share a
 * name (`a.jpeg`, `a.png`), both keep their own extension in front of it (`a.jpeg.png`, `a.png.png`).
 *
 * In the layout `original` JPEG and PNG files keep their names, and DICOM files get .png behind them.
 *
 * @param except a folder that is not searched: the output, when it lies within the input
 * @throws ChromarayError `CHROMARAY_IMAGE_MISSING`, `_PERMISSION` or `_UNREADABLE` (nothing to colour there);
 *   `CHROMARAY_COLOUR_LAYOUT` when there is no train, val or test to lay out as the original did
 */
export function findColouringJobs(input: string, except: string, layout: OutputLayout): ColouringJob[] {
  const files = listFiles(input, path.resolve(except));
  if (files.length === 0) {
    throw imageError('UNREADABLE', input, 'holds no file ending in .jpeg, .jpg, .png, .dcm or .dicom');
  }
  if (layout === 'original') return originalJobs(input, files);
  const sharing = new Map<string, number>();
  for (const file of files) sharing.set(asPng(file), (sharing.get(asPng(file)) ?? 0) + 1);
  const isFolder = statSync(input).isDirectory();
  return files.map((relative) => ({
    file: isFolder ? path.join(input, relative) : input,
    output: sharing.get(asPng(relative)) === 1 ? asPng(relative) : `${relative}.png`,
  }));
}

function originalJobs(input: string, files: readonly string[]): ColouringJob[] {
  const jobs = files.flatMap((relative) => {
    const [part, ...rest] = relative.split(path.sep);
    if (rest.length === 0 || !['train', 'val', 'test'].includes(part!)) return [];
    const name = path.join(`c_${part}`, ...rest);
    return [{ file: path.join(input, relative), output: /\.(jpe?g|png)$/i.test(name) ? name : `${name}.png` }];
  });
  if (jobs.length > 0) return jobs;
  throw new ChromarayError({
    code: 'CHROMARAY_COLOUR_LAYOUT',
    message: `${input} has no pictures in folders train, val and test, which c_train, c_val and c_test are made of.`,
    remedy: 'Name the folder that holds train, val and test.',
    details: { input },
  });
}

function asPng(file: string): string {
  return `${file.slice(0, file.length - path.extname(file).length)}.png`;
}

function listFiles(input: string, except: string): string[] {
  try {
    if (!statSync(input).isDirectory()) return [path.basename(input)];
    return walk(input, '', except).sort();
  } catch (error) {
    throw fileReadError(input, error);
  }
}

function walk(root: string, folder: string, except: string): string[] {
  return readdirSync(path.join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const relative = path.join(folder, entry.name);
    if (entry.isDirectory()) {
      return path.resolve(root, relative) === except ? [] : walk(root, relative, except);
    }
    return imageExtensions.has(path.extname(entry.name).toLowerCase()) ? [relative] : [];
  });
}
