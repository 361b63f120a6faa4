import { describe, expect, it } from 'vitest';
import { chooseColour } from './colour-choice.js';

describe('the colours of a replication', () => {
  it('are those of the original study where its model is installed', () => {
    const choice = chooseColour(['deoldify-stable', 'photo-small', 'deoldify-artistic']);
    expect(choice.colour).toEqual({ colorizer: 'deoldify-artistic', renderFactor: 35 });
    expect(choice.note).toContain('as in the original study');
  });

  it('are those of another DeOldify before those of the program’s own colorizer, and say so', () => {
    const choice = chooseColour(['photo-small', 'deoldify-stable']);
    expect(choice.name).toBe('deoldify-stable');
    expect(choice.note).toContain('the original study used the artistic model');
  });

  it('are photo-small’s on a fresh machine, and say that they are not DeOldify’s', () => {
    for (const installed of [[], ['photo-small'], ['mine']]) {
      const choice = chooseColour(installed);
      expect(choice.colour).toEqual({ colorizer: 'photo-small' });
      expect(choice.note).toMatch(/^DeOldify is not installed, .* photo-small, /);
    }
  });
});
