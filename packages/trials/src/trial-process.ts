/**
 * The process of one trial. Training blocks the thread it runs on and lives in native code, so each trial
 * has a process of its own: the command line stays alive, memory goes back to the system when the trial
 * ends, and a crash costs one trial.
 */
import { type ChromarayError, isChromarayError } from '@chromaray/base';
import type { ChildCommand, ChildMessage } from './child-protocol.js';
import { runTrial } from './run-trial.js';

const cancellation = new AbortController();

// Ctrl-C reaches the whole process group, and a scheduler's SIGTERM every process of a job; the parent decides and says so
// by message.
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => {});
// A parent that was killed cannot say so; without it the work has no one to report to.
process.on('disconnect', () => process.exit(1));
process.on('message', (command: ChildCommand) => {
  if (command.kind === 'cancel') cancellation.abort();
  else void run(command);
});

async function run(command: Extract<ChildCommand, { kind: 'run' }>): Promise<void> {
  try {
    const result = await runTrial(command.task, command.files, (message) => void send(message), cancellation.signal);
    await send({ kind: 'done', result });
  } catch (error) {
    await send(describeFailure(error));
  }
  process.disconnect();
  process.exit(0);
}

function describeFailure(error: unknown): ChildMessage {
  if (isChromarayError(error)) {
    const { code, message, remedy, details, name } = error as ChromarayError;
    return { kind: 'failed', error: { code, message, remedy, details: details ?? {}, name } };
  }
  const { message, stack } = error instanceof Error ? error : new Error(String(error));
  return { kind: 'crashed', message, stack: stack ?? '' };
}

function send(message: ChildMessage): Promise<void> {
  return new Promise((resolve, reject) => {
    if (process.send === undefined) reject(new Error('This module runs as a child process.'));
    else process.send(message, (error: Error | null) => (error === null ? resolve() : reject(error)));
  });
}
