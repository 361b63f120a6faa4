import { chmodSync } from 'node:fs';
import { readRegularFileSync, writeFileAtomic } from '@chromaray/base';
import { codedError } from '@chromaray/contracts/errors';
import { newToken } from '@chromaray/web';
import { z } from 'zod';

/** What opens the reading page, and what its picture names are made with. Whoever has it can read in a reader's name. */
export interface ReaderLinks {
  /** Token by reader. */
  readonly tokens: Readonly<Record<string, string>>;
  /** The key of the names of pictures. */
  readonly secret: string;
}

const schema = z.strictObject({ tokens: z.record(z.string(), z.string().min(22)), secret: z.string().min(22) });

/**
 * The links of a study: those in the file, and new ones for readers who have none. The file can be read by its owner
 * alone.
 */
export function settleLinks(file: string, readers: readonly string[], kept: ReaderLinks | undefined): ReaderLinks {
  const tokens = Object.fromEntries(readers.map((reader) => [reader, kept?.tokens[reader] ?? newToken()]));
  const links = { tokens, secret: kept?.secret ?? newToken() };
  writeFileAtomic(file, `${JSON.stringify(links, null, 2)}\n`);
  // Windows has no such permissions; the folder's are then those of the user.
  if (process.platform !== 'win32') chmodSync(file, 0o600);
  return links;
}

/** @throws ChromarayError `CHROMARAY_STUDY_FOLDER_DAMAGED` */
export function readLinks(file: string): ReaderLinks {
  try {
    return schema.parse(JSON.parse(readRegularFileSync(file).toString('utf8')));
  } catch (cause) {
    throw codedError('CHROMARAY_STUDY_FOLDER_DAMAGED', {
      message: `${file}, which holds the readers' links, is missing or damaged (${(cause as Error).message}).`,
      cause,
      details: { file },
    });
  }
}
