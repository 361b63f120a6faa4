import type { StudyHappening } from '@chromaray/contracts';
import { trialTask } from '@chromaray/testing/trial-task';
import { describe, expect, it } from 'vitest';
import { TrainingProgress } from './training-progress.js';

// Ten images in steps of four are three steps an epoch, nine a trial, eighteen in all.
const gray = trialTask();
const turbo = trialTask({ arm: 'turbo' });
const epoch = (number: number) => ({
  epoch: number,
  trainLoss: 0.5,
  trainAccuracy: 0.8,
  validationLoss: 0.6,
  validationAccuracy: 0.7,
  validationAuroc: 0.75,
  learningRate: 0.001,
  seconds: 1,
});

function watch(kept: readonly (typeof gray)[] = []) {
  const events: StudyHappening[] = [];
  const progress = new TrainingProgress([gray, turbo], kept, (event) => events.push(event));
  const last = () => events.at(-1);
  return { events, progress, last };
}

describe('TrainingProgress', () => {
  it('adds up the steps of trials that run side by side', () => {
    const { progress, last } = watch();
    progress.started(gray, 0);
    progress.started(turbo, 0);
    progress.step(gray, 2, 1, 3);
    progress.step(turbo, 1, 2, 3);
    expect(last()).toEqual({
      kind: 'progress',
      phase: 'training',
      done: 6,
      total: 18,
      unit: 'steps',
      ...{ arm: 'turbo', seed: 1, epoch: 1, epochs: 3, step: 2, steps: 3 },
    });
    progress.epoch(turbo, epoch(1));
    expect(last()).toMatchObject({ done: 7, arm: 'turbo', seed: 1, epoch: 1, epochs: 3 });
  });

  it('counts kept trials as done from the beginning, and resumed ones from their epoch', () => {
    const { events, progress, last } = watch([gray]);
    expect(events).toEqual([{ kind: 'trial-kept', arm: 'gray', seed: 1, finished: 1, trials: 2 }]);
    progress.started(turbo, 2);
    expect(last()).toMatchObject({ kind: 'trial-resumed', epochs: 2, finished: 1 });
    progress.step(turbo, 3, 1, 3);
    expect(last()).toMatchObject({ done: 9 + 7, total: 18 });
  });

  it('takes a trial that stopped early for whole', () => {
    const { events, progress, last } = watch();
    progress.started(gray, 0);
    progress.epoch(gray, epoch(1));
    progress.finished(gray);
    expect(last()).toMatchObject({ kind: 'trial-finished', finished: 1, trials: 2 });
    progress.started(turbo, 0);
    progress.step(turbo, 1, 1, 3);
    expect(last()).toMatchObject({ done: 10, total: 18 });
    expect(events).toContainEqual({ kind: 'epoch-done', arm: 'gray', seed: 1, epoch: epoch(1) });
  });

  it('does not count a failed trial as finished', () => {
    const { progress, last } = watch();
    progress.started(gray, 0);
    progress.failed(gray, { code: 'CHROMARAY_TRIAL_CRASHED', message: 'm', remedy: 'r' });
    expect(last()).toMatchObject({ kind: 'trial-failed', finished: 0, error: { code: 'CHROMARAY_TRIAL_CRASHED' } });
  });
});
