import { readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { writeFileAtomic } from '@chromaray/base';
import { type ExecutionSection, executionSchema } from '@chromaray/contracts';
import { codedError } from '@chromaray/contracts/errors';
import { queueAddress } from './queue/queue-url.js';

/**
 * Notes in a study's folder who executes its trials, whether the study file says so or a command line: whoever resumes it from there asks
 * the same. A queue's user and password are left out; `CHROMARAY_QUEUE` has them.
 *
 * @throws ChromarayError `CHROMARAY_FILE_WRITE`, `CHROMARAY_QUEUE_URL`
 */
export function keepExecution(studyFolder: string, { queue, ...section }: ExecutionSection): void {
  const file = fileIn(studyFolder);
  const kept = { ...section, ...(queue !== undefined && { queue: queueAddress(queue).shown }) };
  if (section.on === 'local') rmSync(file, { force: true });
  else writeFileAtomic(file, `${JSON.stringify(kept)}\n`);
}

/**
 * Who executed a study's trials when it was run last.
 *
 * @returns undefined for the machine that runs it
 * @throws ChromarayError `CHROMARAY_EXECUTION_INCOMPLETE` when the note cannot be read
 */
export function keptExecution(studyFolder: string): ExecutionSection | undefined {
  const file = fileIn(studyFolder);
  try {
    return executionSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw codedError('CHROMARAY_EXECUTION_INCOMPLETE', {
      message: `${file} does not say any more who executes the trials.`,
      remedy: 'Resume with `chromaray study run` and its options, which write it anew.',
      cause: error,
    });
  }
}

function fileIn(studyFolder: string): string {
  return path.join(studyFolder, 'execution.json');
}
