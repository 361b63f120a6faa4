import { createHash, randomBytes } from 'node:crypto';
import { mkdirSync, readdirSync, renameSync, rmSync, type Stats, statSync } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import path from 'node:path';
import { openRegularFile } from '@chromaray/base';
import { isFolderOfKeys, kindOf, noName } from '../objects/keys.js';
import type { Content, ListedObject, ObjectStore, OpenedObject } from '../objects/object-store.js';
import { damaged } from '../objects/sealed.js';
import { folderError } from './folder-error.js';
import { nowOf, sweep, temporaryEnding } from './temporaries.js';

/** The file within the folder that stands for an object written once. */
const content = 'content';

/**
 * Objects in a folder of this machine or one that machines share. An object that is written once is a folder with one file:
 * a finished folder is renamed to its name, which fails where one is there, on every file system, those
 * without hard links and NFS included. Everything is readable by its owner alone.
 *
 * @param folder is made where it is not there
 */
export function folderObjects(folder: string): ObjectStore {
  const root = path.resolve(folder);
  const fileOf = (key: string): string => {
    if (kindOf(key) === undefined) throw noName(key);
    return path.join(root, ...key.split('/'));
  };
  const attempt = async <T>(what: string, action: () => T | Promise<T>): Promise<T> => {
    try {
      return await action();
    } catch (error) {
      throw folderError(root, what, error);
    }
  };
  let swept = false;

  return {
    address: root,

    check: (signal) =>
      attempt('written', () => {
        signal.throwIfAborted();
        // On a read-only file system, making a folder says that its parent is not there.
        if (statSync(root, { throwIfNoEntry: false }) !== undefined) nowOf(root);
        makeFolder(path.join(root, 'workers'));
        nowOf(path.join(root, 'workers'));
      }),

    open: (key, from, signal) => attempt('read', () => openObject(fileOf(key), from, signal)),

    write: (key, what, how, signal) =>
      attempt('written', async () => {
        const file = fileOf(key);
        if (how === 'once' && statSync(file, { throwIfNoEntry: false }) !== undefined) return false;
        makeFolder(path.dirname(file));
        if (!swept) sweep(root);
        swept = true;
        const temporary = path.join(path.dirname(file), `.${randomBytes(6).toString('hex')}${temporaryEnding}`);
        try {
          if (how === 'once') mkdirSync(temporary, { mode: 0o700 });
          await writeChecked(how === 'once' ? path.join(temporary, content) : temporary, key, what, signal);
          return renameIfAbsent(temporary, file, how);
        } finally {
          rmSync(temporary, { recursive: true, force: true });
        }
      }),

    list: (keys, signal) =>
      attempt('read', () => {
        signal.throwIfAborted();
        if (!isFolderOfKeys(keys)) throw noName(keys);
        return listFolder(path.join(root, ...keys.split('/')), keys);
      }),

    remove: (key, signal) =>
      attempt('written', () => {
        signal.throwIfAborted();
        rmSync(fileOf(key), { recursive: true, force: true });
      }),
  };
}

async function openObject(file: string, from: number, signal: AbortSignal): Promise<OpenedObject | null> {
  signal.throwIfAborted();
  const handle = await openIfThere(file);
  if (handle === null) return null;
  const { size } = await handle.stat();
  if (from >= size) {
    await handle.close();
    return { size, bytes: (async function* () {})(), discard: () => {} };
  }
  const bytes = handle.createReadStream({ start: from, highWaterMark: 2 ** 18 });
  return { size, bytes, discard: () => void bytes.destroy() };
}

async function openIfThere(file: string): Promise<FileHandle | null> {
  for (const one of [path.join(file, content), file]) {
    try {
      return await openRegularFile(one);
    } catch (error) {
      const { code = '' } = error as NodeJS.ErrnoException;
      if (!['ENOENT', 'ENOTDIR', 'EISDIR'].includes(code)) throw error;
    }
  }
  return null;
}

/** Writes a file whose bytes are those stated, to the disk. */
async function writeChecked(file: string, key: string, what: Content, signal: AbortSignal): Promise<void> {
  const handle = await open(file, 'wx', 0o600);
  try {
    const hash = createHash('sha256');
    let size = 0;
    for await (const part of what.read(0, what.bytes)) {
      signal.throwIfAborted();
      size += part.length;
      if (size > what.bytes) break;
      hash.update(part);
      for (let done = 0; done < part.length; )
        done += (await handle.write(part, done, part.length - done)).bytesWritten;
    }
    if (size !== what.bytes)
      throw damaged(key, `it was said to have ${what.bytes} bytes and has ${size > what.bytes ? 'more' : size}`);
    if (hash.digest('hex') !== what.sha256) throw damaged(key, 'what was sent does not have the hash stated');
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** What a folder's name cannot be taken for by a rename: one is there. Windows says EPERM. */
const taken = new Set(['ENOTEMPTY', 'EEXIST', 'EPERM', 'EACCES', 'ENOTDIR', 'EISDIR']);

function renameIfAbsent(temporary: string, file: string, how: 'once' | 'replace'): boolean {
  try {
    renameSync(temporary, file);
    return true;
  } catch (error) {
    const { code = '' } = error as NodeJS.ErrnoException;
    const isThere = statSync(file, { throwIfNoEntry: false }) !== undefined;
    if (how === 'once' && taken.has(code) && isThere) return false;
    throw error;
  }
}

function listFolder(folder: string, keys: string): ListedObject[] {
  let names: string[];
  try {
    names = readdirSync(folder).filter((name) => kindOf(`${keys}/${name}`) !== undefined);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
  const now = names.length === 0 ? 0 : nowOf(folder);
  return names.sort().flatMap((name) => {
    const file = path.join(folder, name);
    const stats = statsOf(file);
    return stats === undefined
      ? []
      : [{ name, bytes: stats.size, ageSeconds: Math.max(0, (now - stats.mtimeMs) / 1000) }];
  });
}

/** Undefined where it was removed meanwhile. */
function statsOf(file: string): Stats | undefined {
  const stats = statSync(file, { throwIfNoEntry: false });
  return stats?.isDirectory() ? statSync(path.join(file, content), { throwIfNoEntry: false }) : stats;
}

function makeFolder(folder: string): void {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
}
