import { describe, expect, it } from 'vitest';
import { SharedClock } from './shared-clock.js';

describe('the clock that simulated readers share', () => {
  it('lets weeks pass only when every reader waits, to the latest time that one waits for', async () => {
    const clock = new SharedClock(1000, 3);
    const passed: string[] = [];
    const wait = async (name: string, time: number) => {
      await clock.until(time);
      passed.push(`${name} ${clock.now()}`);
    };
    const first = [wait('a', 5000), wait('b', 7000)];
    await new Promise(setImmediate);
    expect([clock.now(), passed]).toEqual([1000, []]);
    clock.pass(10);
    expect(clock.now()).toBe(1010);
    await Promise.all([...first, wait('c', 6000)]);
    expect(passed).toEqual(['a 7000', 'b 7000', 'c 7000']);
  });

  it('does not wait for readers who are done', async () => {
    const clock = new SharedClock(0, 2);
    const passed = clock.until(50);
    clock.leave();
    await passed;
    expect(clock.now()).toBe(50);
  });
});
