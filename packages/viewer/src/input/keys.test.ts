import { describe, expect, it } from 'vitest';
import { firstState } from '../arithmetic/state.js';
import { keyActions, keyChange } from './keys.js';

const gray = { width: 100, height: 100, bits: 12, data: Uint16Array.from({ length: 10_000 }, (_, i) => i % 4096) };
const state = { ...firstState(gray), zoom: 2 };
const context = {
  ...{ bits: 12, picture: gray, view: { width: 200, height: 200 }, state },
  nextPreset: () => ({ window: { centre: 1, width: 2 } }),
  first: () => state,
};
const plain = { shiftKey: false, ctrlKey: false, altKey: false, metaKey: false };

describe('keys', () => {
  it.each(keyActions.flatMap(({ keys, does }) => keys.map((key) => [key, does] as const)))('%s: %s', (key) => {
    const shiftKey = key.startsWith('Shift+');
    const change = keyChange({ ...plain, shiftKey, key: key.replace('Shift+', '') }, context);
    expect(change).toBeDefined();
    if (key !== 'r') expect({ ...state, ...change }).not.toEqual(state);
  });

  it('each does one thing only', () => {
    const keys = keyActions.flatMap((action) => action.keys);
    expect(new Set(keys).size).toBe(keys.length);
  });

  it('those of browser and system stay theirs', () => {
    for (const held of ['ctrlKey', 'altKey', 'metaKey'] as const)
      expect(keyChange({ ...plain, [held]: true, key: '0' }, context)).toBeUndefined();
    expect(keyChange({ ...plain, key: 'Tab' }, context)).toBeUndefined();
  });
});
