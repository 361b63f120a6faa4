import { setTimeout as wait } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { takeTrials } from './take-trials.js';

/** A taker of one thread with a number of trials to take, each of which lasts until it is told to end. */
class FakeTaker {
  asked = 0;
  running: { readonly ended: Promise<void>; readonly end: () => void } | undefined;
  fault: Error | undefined;

  constructor(public left: number) {}

  get full(): boolean {
    return this.running !== undefined;
  }

  get doing(): readonly unknown[] {
    return this.full ? ['a trial'] : [];
  }

  async take(): Promise<boolean> {
    this.asked++;
    if (this.fault !== undefined) throw this.fault;
    if (this.left === 0) return false;
    this.left--;
    let end = (): void => {};
    const ended = new Promise<void>((resolve) => {
      end = () => {
        this.running = undefined;
        resolve();
      };
    });
    this.running = { ended, end };
    return true;
  }

  freed(): Promise<void> {
    return this.running?.ended ?? new Promise(() => {});
  }
}

function begin(taker: FakeTaker, once = false) {
  const stop = new AbortController();
  const lines: string[] = [];
  const over = takeTrials(taker, { once, onLine: (line) => lines.push(line), ending: stop.signal });
  return { stop, lines, over };
}

describe('the loop of a worker', () => {
  it('asks for nothing while its thread has a trial, and for the next as soon as that ends', async () => {
    const taker = new FakeTaker(2);
    const { stop, over } = begin(taker);
    await wait(700);
    expect(taker.asked).toBe(1);
    taker.running!.end();
    await wait(100);
    expect(taker.asked).toBe(2);
    expect(taker.left).toBe(0);
    stop.abort();
    await over;
  });

  it('ends at the signal, though its thread has a trial', async () => {
    const { stop, over } = begin(new FakeTaker(1));
    await wait(50);
    stop.abort();
    await over;
  });

  it('with `once` ends when there is nothing left and nothing runs, not before', async () => {
    const taker = new FakeTaker(1);
    let ended = false;
    const { over } = begin(taker, true);
    void over.then(() => {
      ended = true;
    });
    await wait(700);
    expect(ended).toBe(false);
    taker.running!.end();
    await over;
    expect(taker.asked).toBe(2);
  });

  it('without a trial looks again within a second', async () => {
    const taker = new FakeTaker(0);
    const { stop, over } = begin(taker);
    await wait(100);
    taker.left = 1;
    await wait(900);
    expect(taker.running).toBeDefined();
    stop.abort();
    await over;
  });

  it('says once that the queue does not answer, and once that it does again', async () => {
    const taker = new FakeTaker(0);
    taker.fault = new Error('no line');
    const { stop, lines, over } = begin(taker);
    await wait(600);
    expect(taker.asked).toBe(2);
    taker.fault = undefined;
    await wait(700);
    stop.abort();
    await over;
    expect(lines).toEqual(['The queue does not answer (no line); trying again.', 'The queue answers again.']);
  });
});
