import { codedError } from '@chromaray/contracts/errors';
import { expect, it } from 'vitest';
import { untilAnswered } from './server-away.js';

const never = new AbortController().signal;
const broken = new Error('Connection terminated unexpectedly');

/** Fails some times, then answers. */
function failing(times: number, error: Error = broken) {
  let asked = 0;
  return async (): Promise<number> => {
    if (++asked <= times) throw error;
    return asked;
  };
}

it('asks a server again that was away for a while', async () => {
  expect(await untilAnswered(failing(3), never, { pause: 1 })).toBe(4);
});

it('gives up after its patience, at the signal, and at once for an error of this program', async () => {
  await expect(untilAnswered(failing(1e9), never, { pause: 1, patience: 20 })).rejects.toBe(broken);
  const stop = new AbortController();
  const asked = untilAnswered(failing(1e9), stop.signal, { pause: 1 });
  stop.abort();
  await expect(asked).rejects.toBe(stop.signal.reason);
  const own = codedError('CHROMARAY_REMOTE_MESSAGE', { message: 'It is no task.' });
  await expect(untilAnswered(failing(1, own), never, { pause: 1 })).rejects.toBe(own);
});
