import { type ChromarayError, isChromarayError } from '@chromaray/base';
import { exitCodes } from './exit-codes.js';

/** Codes of mistakes in how a command was called or a study file was written. */
const wrongUse = /^CHROMARAY_(USAGE|STUDY_FILE)/;

/**
 * Prints an error the way its reader needs it and returns the exit code. What a user can mend is one message
 * and one remedy; anything else is a defect of the program and keeps its stack.
 */
export function reportError(
  error: unknown,
  json: boolean,
  out: NodeJS.WritableStream,
  err: NodeJS.WritableStream,
): number {
  if (isChromarayError(error)) {
    const known = error as ChromarayError;
    err.write(`\n${known.message}\n→ ${known.remedy}\n  (${known.code})\n`);
    if (json)
      writeJson(out, {
        error: { code: known.code, message: known.message, remedy: known.remedy, details: known.details },
      });
    return exitCode(known.code);
  }
  const stack = error instanceof Error ? (error.stack ?? error.message) : String(error);
  err.write(`\nThis is a defect of Chromaray, not a mistake of yours. Please report it with these lines:\n${stack}\n`);
  if (json) writeJson(out, { error: { code: 'CHROMARAY_DEFECT', message: String(error) } });
  return exitCodes.failed;
}

/** One JSON document on a line of its own. */
export function writeJson(out: NodeJS.WritableStream, value: unknown): void {
  out.write(`${JSON.stringify(value, null, 2)}\n`);
}

function exitCode(code: string): number {
  if (code === 'CHROMARAY_AUDIT_BLOCKED') return exitCodes.stoppedByAudit;
  if (code === 'CHROMARAY_TRAINING_CANCELLED' || code === 'CHROMARAY_INTERRUPTED') return exitCodes.interrupted;
  return wrongUse.test(code) ? exitCodes.wrongUse : exitCodes.failed;
}
