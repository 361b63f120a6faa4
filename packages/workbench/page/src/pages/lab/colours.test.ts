import { describe, expect, it } from 'vitest';
import { armName, readColours } from './colours.js';

describe('colours of an address', () => {
  it('are read, and nothing else', () => {
    const colours = ['repeat', { map: 'turbo' }, { colorizer: 'photo-small', renderFactor: 20 }];
    expect(readColours(JSON.stringify(colours))).toEqual(colours);
    expect(readColours('["<b>", 3, null, {"learned": true}, {"map": "turbo"}]')).toEqual([{ map: 'turbo' }]);
    for (const text of ['', '{', '{"map":"turbo"}', '3']) expect(readColours(text)).toEqual([]);
  });

  it('give names that study files take', () => {
    expect(armName({ map: 'shuffled', of: 'jet', seed: 3 })).toBe('shuffled-jet-3');
    expect(armName({ colorizer: 'photo small/x', renderFactor: 20 })).toBe('photo-small-x-rf20');
    expect(armName('none')).toBe('gray');
  });
});
