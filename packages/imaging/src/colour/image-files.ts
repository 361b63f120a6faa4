import { closeSync, readdirSync, readSync, statSync } from 'node:fs';
import path from 'node:path';
import { ChromarayError, openRegularFileSync } from '@chromaray/base';
import { splitArchivePath } from '../archive/archive-path.js';
import { openArchive } from '../archive/open-archives.js';
import { isDicom } from '../dicom/part-10.js';
import { fileReadError, imageError } from '../image-error.js';

/** So many bytes show whether a file is DICOM. */
const startBytes = 512;

const imageExtensions = new Set(['.dcm', '.dicom', '.jpeg', '.jpg', '.pgm', '.png', '.ppm']);

/**
 * - `as-input`: the folders and names of the input, as PNG;
 * - `original`: as the original study kept its colours: `c_train`, `c_val` and `c_test` for what is in
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
 * Finds what is to be coloured: the file itself, or every picture below a folder or in an archive, sorted by path;
 * pictures are recognised by their extension, DICOM files without one by their content, those of an .npz file by its
 * arrays. Folders and names are kept and the extension becomes .png; where two pictures would then share a name (`a.jpeg`, `a.png`), both keep their own extension in front of it (`a.jpeg.png`, `a.png.png`).
 *
 * In the layout `original` JPEG and PNG files keep their names, and DICOM files get .png behind them.
 *
 * @param except a folder that is not searched: the output, when it lies within the input
 * @throws ChromarayError `CHROMARAY_IMAGE_MISSING`, `_PERMISSION` or `_UNREADABLE` (nothing to colour there);
 *   `CHROMARAY_COLOUR_LAYOUT` when there is no train, val or test to lay out as the original did
 */
export async function findColouringJobs(
  input: string,
  except: string | undefined,
  layout: OutputLayout,
): Promise<ColouringJob[]> {
  const files = await listFiles(input, except === undefined ? undefined : path.resolve(except));
  if (files.length === 0) {
    const found =
      'holds no file ending in .jpeg, .jpg, .png, .pgm, .ppm, .dcm or .dicom, and no DICOM file without an ending';
    throw imageError('UNREADABLE', input, found, undefined, 'Name a folder or an archive that holds pictures.');
  }
  if (layout === 'original') return originalJobs(input, files);
  const sharing = new Map<string, number>();
  for (const file of files) sharing.set(asPng(file), (sharing.get(asPng(file)) ?? 0) + 1);
  const isFile = files.length === 1 && path.basename(input) === files[0] && !(await holdsPictures(input));
  return files.map((relative) => ({
    file: isFile ? input : path.join(input, relative),
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

async function listFiles(input: string, except: string | undefined): Promise<string[]> {
  try {
    const archived = await listArchive(input);
    if (archived !== undefined) return archived;
    return statSync(input).isDirectory() ? walk(input, '', except).sort() : [path.basename(input)];
  } catch (error) {
    throw fileReadError(input, error);
  }
}

/** True for a folder, an archive or a folder in one; false for a picture. */
async function holdsPictures(input: string): Promise<boolean> {
  const place = splitArchivePath(input);
  if (place === undefined) return statSync(input).isDirectory();
  return !(await openArchive(place.archive)).files.has(place.inside);
}

/**
 * Paths of the pictures in an archive, or in a folder of one, relative to it; without those that systems hide there.
 * Undefined for what is no archive.
 */
async function listArchive(input: string): Promise<string[] | undefined> {
  const place = splitArchivePath(input);
  if (place === undefined) return undefined;
  const { files } = await openArchive(place.archive);
  if (files.has(place.inside)) return [path.basename(input)];
  const isArray = path.extname(place.archive).toLowerCase() === '.npz';
  const prefix = place.inside === '' ? '' : `${place.inside}/`;
  return [...files.keys()]
    .filter((name) => name.startsWith(prefix) && (isArray || (isPicture(name) && !name.split('/').some(isHidden))))
    .map((name) => name.slice(prefix.length).split('/').join(path.sep))
    .sort();
}

/**
 * The pictures at a path, sorted: those below a folder or in an archive, or the path itself, which may be missing.
 *
 * @throws ChromarayError as {@link findColouringJobs}
 */
export async function picturesAt(input: string): Promise<string[]> {
  if (splitArchivePath(input) === undefined && !isFolder(input)) return [input];
  if (!(await holdsPictures(input))) return [input];
  return (await findColouringJobs(input, undefined, 'as-input')).map(({ file }) => file);
}

function isFolder(input: string): boolean {
  return statSync(input, { throwIfNoEntry: false })?.isDirectory() ?? false;
}

function isPicture(file: string): boolean {
  return imageExtensions.has(path.extname(file).toLowerCase());
}

/** DICOM as archives write it: named by a UID or a number, without an extension. */
function isBareDicom(file: string): boolean {
  if (!/^(\.\d+)?$/.test(path.extname(file)) || path.basename(file).startsWith('.')) return false;
  try {
    const descriptor = openRegularFileSync(file);
    const start = new Uint8Array(startBytes);
    const read = readSync(descriptor, start, 0, startBytes, 0);
    closeSync(descriptor);
    return isDicom(start.subarray(0, read));
  } catch {
    // Whoever decodes it says why it cannot be read.
    return true;
  }
}

function isHidden(name: string): boolean {
  return name.startsWith('.') || name === '__MACOSX';
}

function walk(root: string, folder: string, except: string | undefined): string[] {
  return readdirSync(path.join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const relative = path.join(folder, entry.name);
    if (entry.isDirectory()) {
      return path.resolve(root, relative) === except ? [] : walk(root, relative, except);
    }
    return isPicture(entry.name) || (entry.isFile() && isBareDicom(path.join(root, relative))) ? [relative] : [];
  });
}
