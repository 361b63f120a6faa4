import { setTimeout as wait } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { CheckpointKeeper } from './checkpoint-keeper.js';

it('has let go of the folder once it is idle, also where a signal ended a transfer', async () => {
  const stop = new AbortController();
  let reading = false;
  const putCheckpoint = async (_trial: string, _epoch: number, _folder: string, signal: AbortSignal) => {
    reading = true;
    await new Promise((resolve) => signal.addEventListener('abort', resolve));
    await wait(20);
    reading = false;
    throw signal.reason;
  };
  const keeper = new CheckpointKeeper({ putCheckpoint }, 'trial', 'folder', stop.signal);
  keeper.epoch(1);
  expect(reading).toBe(true);
  stop.abort();
  await keeper.idle();
  expect(reading).toBe(false);
});
