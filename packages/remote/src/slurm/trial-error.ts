import { readFileSync } from 'node:fs';
import type { ChromarayError } from '@chromaray/base';
import { codedError } from '@chromaray/contracts/errors';
import type { TrialTask } from '@chromaray/trials';

const shownLines = 8;
const mostBytes = 64 * 1024;

/** A trial that Slurm ended for good: what became of it, and the end of its log file. */
export function trialError(
  { arm, seed }: TrialTask,
  { reason, remedy }: { readonly reason: string; readonly remedy: string },
  log: string,
): ChromarayError {
  const lines = lastLines(log);
  const shown = lines.length === 0 ? ' It is empty.' : ` It ends:\n${lines.map((line) => `  ${line}`).join('\n')}`;
  return codedError('CHROMARAY_SLURM_TRIAL', {
    message: `The trial ${arm}, seed ${seed}, ${reason}. Its log file is ${log}.${shown}`,
    remedy,
    details: { arm, seed, log, lines },
  });
}

/** The last lines of a log file, control characters left out; none without one. */
export function lastLines(file: string): readonly string[] {
  let text: string;
  try {
    text = readFileSync(file).subarray(-mostBytes).toString('utf8');
  } catch {
    return [];
  }
  return text
    .split('\n')
    .map((line) =>
      line
        .replace(/\p{Cc}/gu, ' ')
        .trimEnd()
        .slice(0, 500),
    )
    .filter((line) => line !== '')
    .slice(-shownLines);
}
