import { type ChromarayError, isChromarayError } from '@chromaray/base';
import { codedError, errorTable, exitCodes, outcomeOf, systemError } from '@chromaray/contracts/errors';
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
  return systemError(error);
}

/** What work that was handed the signal throws: the signal's reason, or an AbortError of the platform. */
function isAbort(error: unknown, signal: AbortSignal): boolean {
  return error === signal.reason || (error instanceof Error && error.name === 'AbortError');
}
