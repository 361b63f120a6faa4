import { type ChromarayError, isChromarayError } from '@chromaray/base';
import { codedError, errorTable, exitCodes, outcomeOf } from '@chromaray/contracts/errors';
import type { Context } from './context.js';
import { errorLines } from './error-list.js';
import { printText } from './terminal/print.js';

/**
 * Prints an error the way its reader needs it and returns the exit code. What a user can mend is one message
 * and one remedy; anything else is a defect of the program and keeps its stack.
 */
export function reportError(
  error: unknown,
  { out, err, signal, json }: Pick<Context, 'out' | 'err' | 'signal'> & { readonly json: boolean },
): number {
  const known = forUser(error, signal);
  if (known !== undefined) {
    const { code, message, remedy, details } = known;
    const lines = errorLines(code, details).map((line) => `  ${line}`);
    printText(err, ['', message, ...lines, `→ ${remedy}`, `  (${code})`].join('\n'));
    if (json) writeJson(out, { error: { code, message, remedy, details } });
    return exitCodes[outcomeOf(code)];
  }
  const stack = error instanceof Error ? (error.stack ?? error.message) : String(error);
  err.write(`\nThis is a defect of Chromaray, not a mistake of yours. Please report it with these lines:\n${stack}\n`);
  if (json) {
    const { remedy } = errorTable.CHROMARAY_DEFECT;
    writeJson(out, { error: { code: 'CHROMARAY_DEFECT', message: String(error), remedy, details: {} } });
  }
  return exitCodes.failed;
}

/** One JSON document on a line of its own. */
export function writeJson(out: NodeJS.WritableStream, value: unknown): void {
  out.write(`${JSON.stringify(value, null, 2)}\n`);
}

/** The error of a command that Ctrl-C stopped. */
export function interrupted(remedy: string, cause?: unknown): ChromarayError {
  return codedError('CHROMARAY_INTERRUPTED', {
    message: 'Interrupted.',
    remedy,
    ...(cause === undefined ? {} : { cause }),
  });
}

/** The error as something its reader can act on, or undefined for a defect. */
function forUser(error: unknown, signal: AbortSignal): ChromarayError | undefined {
  if (isChromarayError(error)) return error as ChromarayError;
  if (signal.aborted && isAbort(error, signal))
    return interrupted('Run the same command again when you are ready.', error);
  const system = error as NodeJS.ErrnoException;
  return error instanceof Error && system.syscall !== undefined && system.code !== undefined
    ? systemError(system, system.code)
    : undefined;
}

/** What work that was handed the signal throws: the signal's reason, or an AbortError of the platform. */
function isAbort(error: unknown, signal: AbortSignal): boolean {
  return error === signal.reason || (error instanceof Error && error.name === 'AbortError');
}

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

/** What the operating system refused, in words; codes that a user cannot mend stay defects. */
function systemError(error: NodeJS.ErrnoException, system: string): ChromarayError | undefined {
  const reason = reasons[system];
  if (reason === undefined || error.path === undefined) return undefined;
  return codedError('CHROMARAY_FILE_ACCESS', {
    message: `${error.path} cannot be used: ${reason} (${system}).`,
    cause: error,
    details: { file: error.path, system },
  });
}
