import { fork } from 'node:child_process';
import { type ChromarayError, childEntry, deserializeError } from '@chromaray/base';
import { codedError } from '@chromaray/contracts/errors';
import { cancelled } from './cancelled.js';
import type { ChildCommand, ChildMessage } from './child-protocol.js';
import type { LocateFiles, TrialFiles } from './trial-files.js';
import type { TrialMessage, TrialResult, TrialRunner } from './trial-runner.js';
import type { TrialTask } from './trial-task.js';

const entry = childEntry(import.meta.url, './trial-process');
const keptErrorOutput = 4000;

/**
 * Runs every trial in a process of its own: the caller stays responsive, native memory goes back to the system when
 * the trial ends, and a crash costs one trial.
 */
export function childProcessRunner(locate: LocateFiles): TrialRunner {
  return { run: (task, onMessage, signal) => startTrial(task, locate(task), onMessage, signal) };
}

function startTrial(
  task: TrialTask,
  files: TrialFiles,
  onMessage: (message: TrialMessage) => void,
  signal: AbortSignal,
): Promise<TrialResult> {
  return new Promise((resolve, reject) => {
    const child = fork(entry.file, [], {
      execArgv: [...entry.execArgv],
      serialization: 'advanced',
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
      // The thread pools of native libraries would otherwise take every core in every trial.
      env: { ...process.env, OMP_NUM_THREADS: String(task.profile.threads) },
    });
    const command = (value: ChildCommand): void => void (child.connected && child.send(value));
    const cancel = (): void => command({ kind: 'cancel' });
    let errorOutput = '';
    let outcome: (() => void) | undefined;

    child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      errorOutput = (errorOutput + text).slice(-keptErrorOutput);
    });
    child.on('message', (message: ChildMessage) => {
      if (child.killed) return;
      try {
        if (message.kind === 'done') outcome = () => resolve(message.result);
        else if (message.kind === 'failed') outcome = () => reject(deserializeError(message.error));
        else if (message.kind === 'crashed') outcome = () => reject(crash(task, message.message, message.stack));
        else onMessage(message);
      } catch (error) {
        // Whoever keeps the results cannot, for example because the disk is full; going on would be for nothing.
        outcome = () => reject(error);
        child.kill('SIGKILL');
      }
    });
    child.on('error', (error) => {
      outcome = () => reject(crash(task, `its process could not be started (${error.message})`, ''));
    });
    child.on('close', (code, killedBy) => {
      signal.removeEventListener('abort', cancel);
      if (outcome !== undefined) return outcome();
      if (signal.aborted) return reject(cancelled());
      const cause = killedBy === null ? `its process ended with code ${code}` : `its process was ended by ${killedBy}`;
      const hint = killedBy === 'SIGKILL' ? '; the system does that when memory runs out' : '';
      reject(crash(task, cause + hint, errorOutput));
    });
    signal.addEventListener('abort', cancel);
    command({ kind: 'run', task, files });
    if (signal.aborted) cancel();
  });
}

function crash(task: TrialTask, cause: string, output: string): ChromarayError {
  const lastLines = output.trim().split('\n').slice(-8).join('\n');
  return codedError('CHROMARAY_TRIAL_CRASHED', {
    message: `The trial ${task.arm}, seed ${task.seed}, failed: ${cause}.${lastLines === '' ? '' : `\n${lastLines}`}`,
    details: { arm: task.arm, seed: task.seed, output },
  });
}
