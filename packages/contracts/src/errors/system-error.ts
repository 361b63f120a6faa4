import type { ChromarayError } from '@chromaray/base/browser';
import { codedError } from './coded-error.js';

const reasons: Readonly<Record<string, string>> = {
  EACCES: 'there is no permission',
  EPERM: 'there is no permission',
  ENOENT: 'it is not there',
  ENOTDIR: 'a part of the path is no folder',
  EISDIR: 'it is a folder',
  EEXIST: 'it is there already',
  ENOSPC: 'the disk is full',
  EDQUOT: 'the disk quota is used up',
  EROFS: 'the file system is read-only',
  EMFILE: 'too many files are open',
  ENAMETOOLONG: 'the name is too long',
};

/** What an error of Node's file system says of itself. */
interface SystemError extends Error {
  readonly code?: string;
  readonly syscall?: string;
  readonly path?: string;
}

/** What the operating system refused, in words; undefined for what a user cannot mend: that stays a defect. */
export function systemError(error: unknown): ChromarayError | undefined {
  const { code, syscall, path } = error as SystemError;
  if (!(error instanceof Error) || syscall === undefined || code === undefined || path === undefined) return undefined;
  const reason = reasons[code];
  if (reason === undefined) return undefined;
  return codedError('CHROMARAY_FILE_ACCESS', {
    message: `${path} cannot be used: ${reason} (${code}).`,
    cause: error,
    details: { file: path, system: code },
  });
}
