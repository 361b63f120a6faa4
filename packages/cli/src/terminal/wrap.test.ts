import { describe, expect, it } from 'vitest';
import { wrap } from './wrap.js';

describe('wrap', () => {
  it('breaks between words and keeps long words whole', () => {
    expect(wrap('turbo helps by 0.02', 11)).toBe('turbo helps\nby 0.02');
    expect(wrap('a pneumonoultramicroscopic word', 6)).toBe('a\npneumonoultramicroscopic\nword');
    expect(wrap('one line', Number.POSITIVE_INFINITY)).toBe('one line');
  });
});
