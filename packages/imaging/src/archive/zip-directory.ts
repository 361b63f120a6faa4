import { isChromarayError } from '@chromaray/base';
import yauzl from 'yauzl';
import { zipError } from './zip-error.js';

/** Where and how a zip archive holds a file; the local header, which repeats this, is not trusted. */
export interface ZipEntry {
  /** Inside the archive, `/` between folders, as it is spelled there. */
  readonly path: string;
  /** Bytes, unpacked, as declared. */
  readonly bytes: number;
  readonly packedBytes: number;
  readonly crc32: number;
  /** 0: stored; 8: deflated. */
  readonly method: number;
  readonly encrypted: boolean;
  readonly symbolicLink: boolean;
  /** Of the local header, in bytes from the start of the archive. */
  readonly offset: number;
}

export interface ZipDirectory {
  readonly files: ReadonlyMap<string, ZipEntry>;
  readonly folders: readonly string[];
}

/** ChestX-ray14 has 112,120 files, CheXpert 224,316; a directory of more than this is not a data set's. */
const maxEntries = 4_000_000;

const encryptedFlag = 0x1;
const unixFileType = 0xf000;
const unixSymbolicLink = 0xa000;

/**
 * Reads the central directory of a zip archive (PKWARE APPNOTE 6.3.10, zip64 too).
 *
 * An archive with a name that leads outside it, or with two files of one name, is refused as a whole: neither
 * comes about by accident, and what such an archive holds depends on who reads it.
 *
 * @throws ChromarayError `CHROMARAY_ZIP_NOT_ZIP`, `_NAME`, `_DUPLICATE`, `_LIMIT`, `_CORRUPT`
 */
export async function readZipDirectory(descriptor: number, name: string): Promise<ZipDirectory> {
  const zip = await openDirectory(descriptor, name);
  const files = new Map<string, ZipEntry>();
  const folders = new Set<string>();
  try {
    if (zip.entryCount > maxEntries) throw zipError('LIMIT', name, `lists ${zip.entryCount} files`);
    for await (const entry of zip.eachEntry()) {
      const path = safePath(entry, name);
      if (path === '/') continue;
      if (path.endsWith('/')) folders.add(path.slice(0, -1));
      else if (files.has(path)) throw zipError('DUPLICATE', name, `holds two files called ${JSON.stringify(path)}`);
      else files.set(path, zipEntry(entry, path));
    }
  } catch (error) {
    if (isChromarayError(error)) throw error;
    throw zipError('CORRUPT', name, `has a damaged directory: ${(error as Error).message.replace(/\.$/, '')}`, error);
  }
  refuseFilesAsFolders(files, folders, name);
  return { files, folders: [...folders] };
}

async function openDirectory(descriptor: number, name: string): Promise<yauzl.ZipFile> {
  try {
    // Sizes are checked where files are read, so that one untrue size does not hide all the other files.
    return await yauzl.fromFdPromise(descriptor, {
      autoClose: false,
      decodeStrings: false,
      validateEntrySizes: false,
    });
  } catch (cause) {
    throw zipError('NOT_ZIP', name, `is not a zip archive, or ends before its directory: ${firstLine(cause)}`, cause);
  }
}

/**
 * The path without `.` and empty parts, which some tools write (`./train/a.png`) and which lead nowhere else.
 *
 * @throws ChromarayError `CHROMARAY_ZIP_NAME` for a path that leads outside, or that no file can have
 */
function safePath(entry: yauzl.Entry, name: string): string {
  const raw = yauzl.getFileNameLowLevel(entry.generalPurposeBitFlag, entry.fileNameRaw, entry.extraFields, false);
  const isFolder = raw.endsWith('/');
  const parts = raw.split('/').filter((part) => part !== '' && part !== '.');
  const isSafe = yauzl.validateFileName(raw) === null && !parts.includes('..') && !raw.includes('\0');
  if (isSafe && (parts.length > 0 || isFolder)) return parts.join('/') + (isFolder ? '/' : '');
  const found = isSafe || raw.includes('\0') ? 'which is no name' : 'which leads outside the archive';
  throw zipError('NAME', name, `holds a file called ${JSON.stringify(raw)}, ${found}`);
}

function zipEntry(entry: yauzl.Entry, path: string): ZipEntry {
  // The upper 16 bits are the Unix mode, for any system that the archive names as its origin.
  const mode = entry.externalFileAttributes >>> 16;
  return {
    path,
    bytes: entry.uncompressedSize,
    packedBytes: entry.compressedSize,
    crc32: entry.crc32,
    method: entry.compressionMethod,
    encrypted: (entry.generalPurposeBitFlag & encryptedFlag) !== 0,
    symbolicLink: (mode & unixFileType) === unixSymbolicLink,
    offset: entry.relativeOffsetOfLocalHeader,
  };
}

function refuseFilesAsFolders(files: ReadonlyMap<string, ZipEntry>, folders: ReadonlySet<string>, name: string): void {
  const above = new Set(folders);
  for (const path of files.keys()) {
    for (let at = path.indexOf('/'); at >= 0; at = path.indexOf('/', at + 1)) above.add(path.slice(0, at));
  }
  const both = [...files.keys()].find((path) => above.has(path));
  if (both !== undefined) throw zipError('DUPLICATE', name, `holds ${JSON.stringify(both)} as a file and as a folder`);
}

function firstLine(error: unknown): string {
  return (error as Error).message.split('\n', 1)[0]!.replace(/\.$/, '');
}
