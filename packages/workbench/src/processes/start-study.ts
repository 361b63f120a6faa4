import { spawn } from 'node:child_process';
import { childEntry } from '@chromaray/base';
import type { StudyFolder } from '@chromaray/contracts';
import { codedError } from '@chromaray/contracts/errors';
import { holderOf } from '@chromaray/store';
import { beganWith, type StudyBegun, type StudyOrder } from './study-order.js';

/**
 * Starts or resumes a study in a process of its own, and waits until it holds the study's folder.
 *
 * @returns the process
 * @throws ChromarayError what the run threw before it began: `CHROMARAY_STUDY_RUNNING` names who holds the folder
 */
export async function startStudy(order: StudyOrder): Promise<number> {
  const { file, execArgv } = childEntry(import.meta.url, './study-process');
  const child = spawn(process.execPath, [...execArgv, file, JSON.stringify(order)], {
    detached: true,
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
  });
  const begun = await new Promise<StudyBegun>((resolve, reject) => {
    child.once('message', (message) => resolve(message as StudyBegun));
    child.once('error', reject);
    child.once('exit', (code, signal) => reject(endedEarly(signal ?? `exit code ${code}`)));
  });
  child.removeAllListeners('exit');
  // Its own from here on: neither waits for the other.
  child.unref();
  if (child.connected) child.disconnect();
  const error = beganWith(begun);
  if (error !== undefined) throw error;
  return child.pid!;
}

/**
 * Asks the run of a study to stop, as Ctrl-C does: it finishes the step it is in and keeps everything. Works for runs
 * of any process of this user.
 *
 * @throws ChromarayError `CHROMARAY_STUDY_NOT_RUNNING`
 */
export function stopStudy(study: string, folder: StudyFolder): number {
  const pid = holderOf(folder.lock)?.pid;
  if (pid === null || pid === undefined)
    throw codedError('CHROMARAY_STUDY_NOT_RUNNING', {
      message: `Nobody runs the study "${study}" just now.`,
      details: { study },
    });
  process.kill(pid, 'SIGINT');
  return pid;
}

function endedEarly(how: string) {
  return codedError('CHROMARAY_STUDY_NOT_STARTED', {
    message: `The process of the study ended before it began (${how}).`,
    details: { how },
  });
}
