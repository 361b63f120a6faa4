import type { Amendment, RegisteredPlan, Registration } from '@chromaray/contracts';
import { describe, expect, it } from 'vitest';
import { amendedAfterResults, changeText, whenText } from './amended.js';
import { planChanges } from './plan-changes.js';

const plan = {
  question: 'Does turbo change the AUROC?',
  dataset: { hash: 'd1', records: 100, positive: 'PNEUMONIA', negative: 'NORMAL' },
  arms: [
    { name: 'gray', control: true, colour: 'none' },
    { name: 'turbo', control: false, colour: { map: 'turbo' } },
  ],
  seeds: [1, 2, 3],
  endpoint: { metric: 'auroc', margin: 0.01, alpha: 0.05, correction: 'holm', bootstrap: 2000 },
} as unknown as RegisteredPlan;

const verdict = { word: 'inconclusive', statement: 'The study is inconclusive.', file: 'verdicts/verdict-1.json' };
const withMargin = (margin: number): RegisteredPlan => ({ ...plan, endpoint: { ...plan.endpoint, margin } });

function amendment(from: RegisteredPlan, to: RegisteredPlan, known: Amendment['known']): Amendment {
  const changes = planChanges(from, to);
  return { at: '2026-01-02T00:00:00Z', program: '1', reason: 'why', changes, known, plan: to, hash: '' };
}

function registration(...amendments: readonly Amendment[]): Registration {
  const registered = '2026-01-01T00:00:00Z';
  return {
    study: 's',
    registered,
    program: '1',
    origin: 'run',
    finishedTrials: 0,
    plan,
    hash: '',
    amendments,
  };
}

describe('what was changed when results could be known', () => {
  const blind = { finishedTrials: 0, verdict: null };
  const seen = { finishedTrials: 6, verdict };

  it('is nothing for a plan as it was registered, or amended before the first result', () => {
    expect(amendedAfterResults(registration())).toEqual([]);
    expect(amendedAfterResults(registration(amendment(plan, withMargin(0.05), blind)))).toEqual([]);
  });

  it('names a margin that was changed after a verdict, and seeds that were added after trials', () => {
    expect(amendedAfterResults(registration(amendment(plan, withMargin(0.05), seen)))).toEqual([
      'endpoint changed (margin 0.01, now 0.05) after a verdict',
    ]);
    const more = { ...plan, seeds: [1, 2, 3, 4] };
    expect(amendedAfterResults(registration(amendment(plan, more, { finishedTrials: 1, verdict: null })))).toEqual([
      'seeds added (1, 2, 3, now 1, 2, 3, 4) after 1 trial had been trained',
    ]);
  });

  it('compares with the plan before results, not with the one before the last amendment', () => {
    const other = withMargin(0.05);
    const both = registration(amendment(plan, other, blind), amendment(other, withMargin(0.1), seen));
    expect(amendedAfterResults(both)).toEqual(['endpoint changed (margin 0.05, now 0.1) after a verdict']);
  });

  it('is nothing once the plan is again what it was before results', () => {
    const there = amendment(plan, withMargin(0.05), seen);
    const back = amendment(withMargin(0.05), plan, seen);
    expect(amendedAfterResults(registration(there, back))).toEqual([]);
  });

  it('is the whole plan when it was registered after trials had been trained', () => {
    expect(amendedAfterResults({ ...registration(), finishedTrials: 6 })).toEqual([
      'the plan was registered after 6 trials had been trained',
    ]);
  });

  it('says when each amendment was made', () => {
    const at = (known: Amendment['known']) => whenText(amendment(plan, withMargin(0.05), known));
    expect([at(blind), at({ finishedTrials: 2, verdict: null }), at(seen)]).toEqual([
      'before any result',
      'after 2 trials had been trained',
      'after a verdict',
    ]);
  });
});

describe('changes of a plan', () => {
  it('are found key by key, in any order of keys, and name arms', () => {
    const shuffled = Object.fromEntries(Object.entries(plan).reverse()) as unknown as RegisteredPlan;
    expect(planChanges(plan, shuffled)).toEqual([]);
    const fewer = { ...plan, arms: plan.arms.slice(0, 1) };
    expect(planChanges(plan, fewer).map(changeText)).toEqual(['arms removed (gray, turbo, now gray)']);
    const edited = { ...plan, arms: [plan.arms[0]!, { ...plan.arms[1]!, colour: { map: 'jet' } }] } as RegisteredPlan;
    expect(planChanges(plan, edited).map(({ key }) => key)).toEqual(['arms']);
    const data = { ...plan, dataset: { ...plan.dataset, hash: 'd2', records: 99 } };
    expect(planChanges(plan, data).map(({ key }) => key)).toEqual(['dataset.hash', 'dataset.records']);
  });

  it('say what an optional key was and is', () => {
    const before = { training: { patience: 3 } } as unknown as RegisteredPlan;
    const after = { training: {} } as unknown as RegisteredPlan;
    expect(planChanges(before, after).map(changeText)).toEqual(['training changed (patience 3, now unset)']);
  });
});
