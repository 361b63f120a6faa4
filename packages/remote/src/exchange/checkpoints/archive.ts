import { createHash } from 'node:crypto';
import { closeSync, fstatSync, mkdirSync, openSync, readdirSync, readSync, writeSync } from 'node:fs';
import path from 'node:path';
import { readRegularFile, writeError } from '@chromaray/base';
import { z } from 'zod';
import type { BlobName } from '../exchange.js';
import { damaged } from '../objects/sealed.js';

/** A flat folder as one file: eight letters, length of the table (uint32, little-endian), table as JSON, contents. */
const magic = 'CHRCKPT1';
const mostFiles = 64;
const largestTable = 2 ** 16;
const tableSchema = z
  .array(
    z.strictObject({ name: z.string().regex(/^[A-Za-z0-9][A-Za-z0-9_.-]{0,99}$/), bytes: z.number().int().min(0) }),
  )
  .max(mostFiles);

/**
 * Packs the files of a folder as they are at one moment, while another process may write, rename and remove files in it.
 *
 * @returns the archive's name by content; null when the folder changed each time it was looked at, or is empty
 */
export function packFolder(folder: string, archive: string): BlobName | null {
  for (let tries = 0; tries < 10; tries++) {
    const opened = openAll(folder);
    if (opened === null) continue;
    try {
      if (opened.length === 0) return null;
      return writeArchive(archive, opened);
    } finally {
      for (const { descriptor } of opened) closeSync(descriptor);
    }
  }
  return null;
}

interface OpenFile {
  readonly name: string;
  readonly descriptor: number;
  readonly bytes: number;
}

/** Null when a file went or came meanwhile: those opened may then not belong together. */
function openAll(folder: string): readonly OpenFile[] | null {
  const opened: OpenFile[] = [];
  let consistent = false;
  try {
    for (const name of finished(folder)) {
      const descriptor = openSync(path.join(folder, name), 'r');
      opened.push({ name, descriptor, bytes: fstatSync(descriptor).size });
    }
    consistent = states(folder) === opened.map(({ name, descriptor }) => state(name, fstatSync(descriptor))).join('\n');
    return consistent ? opened : null;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  } finally {
    if (!consistent) for (const { descriptor } of opened) closeSync(descriptor);
  }
}

/** Hidden files are not finished. */
function finished(folder: string): readonly string[] {
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isFile() && !entry.name.startsWith('.'))
    .map(({ name }) => name)
    .sort();
}

function states(folder: string): string {
  return finished(folder)
    .map((name) => {
      const descriptor = openSync(path.join(folder, name), 'r');
      try {
        return state(name, fstatSync(descriptor));
      } finally {
        closeSync(descriptor);
      }
    })
    .join('\n');
}

function state(name: string, { ino, size, mtimeMs }: { ino: number; size: number; mtimeMs: number }): string {
  return `${name} ${ino} ${size} ${mtimeMs}`;
}

function writeArchive(archive: string, files: readonly OpenFile[]): BlobName {
  const table = Buffer.from(JSON.stringify(files.map(({ name, bytes }) => ({ name, bytes }))));
  const length = Buffer.alloc(4);
  length.writeUInt32LE(table.length);
  try {
    const to = openSync(archive, 'wx', 0o600);
    try {
      const hash = createHash('sha256');
      let size = 0;
      const write = (part: Uint8Array): void => {
        for (let done = 0; done < part.length; ) done += writeSync(to, part, done, part.length - done);
        hash.update(part);
        size += part.length;
      };
      for (const part of [Buffer.from(magic), length, table]) write(part);
      const buffer = Buffer.allocUnsafe(2 ** 20);
      for (const { descriptor, bytes } of files)
        for (let done = 0; done < bytes; ) {
          const count = readSync(descriptor, buffer, 0, Math.min(buffer.length, bytes - done), done);
          write(buffer.subarray(0, count));
          done += count;
        }
      return { sha256: hash.digest('hex'), bytes: size };
    } finally {
      closeSync(to);
    }
  } catch (error) {
    throw writeError(archive, error);
  }
}

/** Unpacks an archive whose hash is right into a new folder. @throws ChromarayError `CHROMARAY_EXCHANGE_DAMAGED` */
export async function unpackFolder(archive: string, folder: string, key: string): Promise<void> {
  const bytes = Buffer.from(await readRegularFile(archive, 2 ** 35));
  const fault = (how: string) => damaged(key, `as an archive of checkpoints, ${how}`);
  if (bytes.subarray(0, 8).toString('latin1') !== magic) throw fault('it begins otherwise');
  const length = bytes.length < 12 ? largestTable + 1 : bytes.readUInt32LE(8);
  if (length > largestTable || 12 + length > bytes.length) throw fault('its table is too long');
  const table = readTable(bytes.subarray(12, 12 + length).toString('utf8'));
  if (table === undefined) throw fault('its table cannot be read');
  if (12 + length + table.reduce((sum, file) => sum + file.bytes, 0) !== bytes.length)
    throw fault('sizes do not add up');
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    let from = 12 + length;
    for (const { name, bytes: size } of table) {
      writeNew(path.join(folder, name), bytes.subarray(from, from + size));
      from += size;
    }
  } catch (error) {
    throw writeError(folder, error);
  }
}

function readTable(text: string): z.infer<typeof tableSchema> | undefined {
  try {
    const parsed = tableSchema.safeParse(JSON.parse(text));
    return parsed.success ? parsed.data : undefined;
  } catch {
    return undefined;
  }
}

function writeNew(file: string, content: Uint8Array): void {
  const to = openSync(file, 'wx', 0o600);
  try {
    for (let done = 0; done < content.length; ) done += writeSync(to, content, done, content.length - done);
  } finally {
    closeSync(to);
  }
}
