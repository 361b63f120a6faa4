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

it('spends a small share of the time, passes epochs over meanwhile, and puts the newest away at the end', async () => {
  let time = 0;
  const put: number[] = [];
  const putCheckpoint = async (_trial: string, epoch: number) => {
    put.push(epoch);
    time += 1000;
    return true;
  };
  const keeper = new CheckpointKeeper({ putCheckpoint }, 'trial', 'folder', new AbortController().signal, () => time);
  for (let epoch = 1; epoch <= 100; epoch++) {
    keeper.epoch(epoch);
    await keeper.idle();
    time += 5000;
  }
  expect(put[0]).toBe(1);
  expect((put.length * 1000) / time).toBeLessThanOrEqual(0.03);
  expect((put.length * 1000) / time).toBeGreaterThan(0.02);
  await keeper.last();
  expect(put.at(-1)).toBe(100);
});

it('puts one away each minute at least, however slow the exchange', async () => {
  let time = 0;
  const at: number[] = [];
  const putCheckpoint = async () => {
    at.push(time);
    time += 30_000;
    return true;
  };
  const keeper = new CheckpointKeeper({ putCheckpoint }, 'trial', 'folder', new AbortController().signal, () => time);
  for (let epoch = 1; epoch <= 200; epoch++) {
    keeper.epoch(epoch);
    await keeper.idle();
    time += 5000;
  }
  expect(Math.max(...at.slice(1).map((one, i) => one - at[i]!))).toBeLessThanOrEqual(30_000 + 60_000 + 5000);
});
