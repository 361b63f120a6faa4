import { describe, expect, it } from 'vitest';
import { judgeEnd } from './judge-end.js';

describe('a task that ended without a result', () => {
  it.each(['NODE_FAIL', 'PREEMPTED', 'TIMEOUT', 'FAILED', 'BOOT_FAIL', 'COMPLETED', undefined])(
    'as %s is submitted again while that is of use',
    (state) => {
      expect(judgeEnd({ state, fruitless: 0 })).toEqual({ kind: 'again' });
      expect(judgeEnd({ state, fruitless: 2 })).toEqual({ kind: 'again' });
      expect(judgeEnd({ state, fruitless: 3 }).kind).toBe('failed');
    },
  );

  it.each([
    ['CANCELLED', 'was cancelled', 'Run the same command'],
    ['OUT_OF_MEMORY', 'more memory', 'mem'],
    ['DEADLINE', 'deadline', 'Run the same command'],
  ])('as %s is given up at once', (state, reason, remedy) => {
    expect(judgeEnd({ state, fruitless: 0 })).toEqual({
      kind: 'failed',
      reason: expect.stringContaining(reason),
      remedy: expect.stringContaining(remedy),
    });
  });

  it('for want of time is told so, otherwise to read its log', () => {
    expect(judgeEnd({ state: 'TIMEOUT', fruitless: 3 })).toMatchObject({ remedy: expect.stringContaining('time') });
    expect(judgeEnd({ state: 'FAILED', fruitless: 3 })).toMatchObject({ remedy: expect.stringContaining('log') });
  });
});
