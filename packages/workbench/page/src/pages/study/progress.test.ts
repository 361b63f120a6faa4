import { describe, expect, it } from 'vitest';
import { secondsLeft, trialKey, whichSplit, withProgress } from './progress.js';

const event = (second: number, fields: object) => ({
  ...{ seq: second, at: new Date(Date.UTC(2026, 0, 1, 0, 0, second)).toISOString() },
  ...{ kind: 'progress', phase: 'training', total: 100, unit: 'steps' },
  ...fields,
});

describe('progress of a study', () => {
  it('tells the time left from the pace of late, once there is one', () => {
    const first = withProgress(undefined, [event(0, { done: 0 })])!;
    expect(secondsLeft(first)).toBeUndefined();
    expect(secondsLeft(withProgress(first, [event(10, { done: 20 })])!)).toBe(40);
    const fast = withProgress(first, [event(10, { done: 20 }), event(50, { done: 40 }), event(60, { done: 60 })])!;
    expect(secondsLeft(fast)).toBe(20);
    const next = withProgress(fast, [event(61, { phase: 'predicting', done: 1 })])!;
    expect([next.phase, secondsLeft(next)]).toEqual(['predicting', undefined]);
  });

  it('of several folds is that of one, and says so; its pace is none of the fold before', () => {
    const of = { arm: 'gray', seed: 1, epoch: 1, epochs: 9, step: 3, steps: 30 };
    const first = withProgress(undefined, [event(0, { done: 5, ...of }), event(10, { done: 15, ...of })])!;
    expect([whichSplit(first, 'fold'), secondsLeft(first)]).toEqual([
      { of: ' of fold 1', left: 'left of this fold' },
      85,
    ]);
    expect(whichSplit(first, undefined)).toEqual({ of: '', left: 'left' });
    const second = withProgress(first, [event(20, { done: 20, ...of, split: 2 })])!;
    expect([whichSplit(second, 'fold').of, secondsLeft(second)]).toEqual([' of fold 2', undefined]);
    const decoding = withProgress(second, [event(21, { done: 1, phase: 'decoding' })])!;
    expect(whichSplit(decoding, 'fold').of).toBe('');
  });

  it('keeps little, however many events there are', () => {
    let now = withProgress(undefined, []);
    for (let i = 0; i < 5000; i++) now = withProgress(now, [event(i, { done: i, total: 5000 })]);
    expect(now!.seen.length).toBeLessThan(40);
  });

  it('knows how far each trial is until it has ended, and nothing once the run has', () => {
    const of = { arm: 'gray', seed: 1, epoch: 2, epochs: 9, step: 3, steps: 30 };
    const running = withProgress(undefined, [event(0, { done: 1, ...of })])!;
    expect(running.trials.get(trialKey('gray', 1))).toEqual({ epoch: 2, epochs: 9, step: 3, steps: 30 });
    const ended = withProgress(running, [event(1, { kind: 'trial-finished', arm: 'gray', seed: 1 })])!;
    expect(ended.trials.size).toBe(0);
    expect(withProgress(running, [event(2, { kind: 'run-ended' })])).toBeUndefined();
    const fold = withProgress(running, [event(3, { done: 2, ...of, split: 2 })])!;
    expect([fold.trials.has(trialKey('gray', 1, 2)), fold.trials.has(trialKey('gray', 1))]).toEqual([true, true]);
    expect(withProgress(fold, [event(4, { kind: 'trial-failed', arm: 'gray', seed: 1, split: 2 })])!.trials.size).toBe(
      1,
    );
  });
});
