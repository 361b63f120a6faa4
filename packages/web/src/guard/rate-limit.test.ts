import { expect, it } from 'vitest';
import { askRaw, TestServer } from '../serve-local.test-support.js';
import { RateLimit } from './rate-limit.js';

it('lets a burst through, then so many a second, and never saves up more than a burst', () => {
  let now = 0;
  const limit = new RateLimit(3, 2, () => now);
  const taken = (count: number) => Array.from({ length: count }, () => limit.take());
  expect(taken(4)).toEqual([true, true, true, false]);
  now += 500;
  expect(taken(2)).toEqual([true, false]);
  now += 60_000;
  expect(taken(4)).toEqual([true, true, true, false]);
  expect(() => limit.check('Starts')).toThrow('Starts: too many');
});

it('guesses of the token are slowed down, and its holder is not', async () => {
  const test = await TestServer.start();
  const statuses: number[] = [];
  for (let i = 0; i < 25; i++) statuses.push((await askRaw(test.server.origin, `/?token=${i}`)).status);
  expect([statuses[0], statuses.at(-1)]).toEqual([401, 429]);
  expect((await test.ask('/')).status).toBe(200);
  await test.stop();
});
