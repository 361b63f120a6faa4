import { describe, expect, it } from 'vitest';
import { collapsed } from './collapse.js';
import { advanced, firstPosition } from './state.js';
import type { Switching } from './types.js';

/** Whose turns come, given the critic's losses. */
function turns(switching: Switching, losses: readonly number[]): string {
  let position = firstPosition;
  let said = '';
  for (const loss of losses) {
    said += position.turn[0];
    position = advanced(position, switching, loss, 3);
  }
  return said;
}

describe('whose turn it is', () => {
  it("by threshold: the critic's until its loss is below, then one of the generator", () => {
    expect(turns({ kind: 'threshold', criticLoss: 0.65 }, [0.7, 0.66, 0.65, 0.6, 0.1, 0.64, 9, 0.7])).toBe('ccccgcgc');
  });

  it('by numbers, and alone', () => {
    expect(turns({ kind: 'fixed', criticSteps: 2, generatorSteps: 3 }, new Array(8).fill(1))).toBe('ccgggccg');
    expect(turns({ kind: 'critic' }, new Array(5).fill(0))).toBe('ccccc');
  });

  it('keeps the last losses of the critic, and counts the steps of each', () => {
    let position = firstPosition;
    for (const loss of [0.9, 0.8, 0.6, 5, 0.7, 0.5])
      position = advanced(position, { kind: 'threshold', criticLoss: 0.65 }, loss, 3);
    expect(position).toMatchObject({ step: 6, criticStep: 5, generatorStep: 1, criticLosses: [0.6, 0.7, 0.5] });
  });
});

describe('the rule of collapse', () => {
  const rule = { window: 3, overpowers: 0.02, blind: 0.69 };

  it('looks at a whole window, and not at a critic that learns alone', () => {
    expect(collapsed(rule, [0.01, 0.01], 2, false)).toBeUndefined();
    expect(collapsed(rule, [0.01, 0.01, 0.01], 3, false)).toMatchObject({ reason: 'overpowers', limit: 0.02 });
    expect(collapsed(rule, [0.01, 0.01, 0.01], 3, true)).toBeUndefined();
    expect(collapsed(rule, [0.7, 0.69, 0.695], 3, false)).toMatchObject({ reason: 'blind' });
    expect(collapsed(rule, [0.7, 0.6, 0.695], 3, false)).toBeUndefined();
    expect(collapsed(rule, [Number.NaN], 3, true)).toMatchObject({ reason: 'not finite' });
  });
});
