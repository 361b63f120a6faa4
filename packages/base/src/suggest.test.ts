import { describe, expect, it } from 'vitest';
import { nearest } from './suggest.js';

describe('nearest', () => {
  it('finds what a mistyped word meant', () => {
    expect(nearest('viridsi', ['viridis', 'magma', 'turbo'])).toBe('viridis');
    expect(nearest('EPOCHS', ['epochs', 'batch'])).toBe('epochs');
  });

  it('stays silent when nothing is near', () => {
    expect(nearest('deoldify', ['viridis', 'magma', 'turbo'])).toBeUndefined();
  });
});
