import { describe, expect, it } from 'vitest';
import { mostAlike, nearest } from './suggest.js';

describe('nearest', () => {
  it('finds what a mistyped word meant', () => {
    expect(nearest('viridsi', ['viridis', 'magma', 'turbo'])).toBe('viridis');
    expect(nearest('EPOCHS', ['epochs', 'batch'])).toBe('epochs');
  });

  it('stays silent when nothing is near', () => {
    expect(nearest('deoldify', ['viridis', 'magma', 'turbo'])).toBeUndefined();
  });
});

describe('mostAlike', () => {
  it('ranks names that hold the word first, then by spelling', () => {
    const names = ['input', 'block1/relu', 'block2/relu', 'relu', 'logits'];
    expect(mostAlike('block2', names, 2)).toEqual(['block2/relu', 'block1/relu']);
    expect(mostAlike('logit', names, 1)).toEqual(['logits']);
    expect(mostAlike('x', [], 3)).toEqual([]);
  });
});
