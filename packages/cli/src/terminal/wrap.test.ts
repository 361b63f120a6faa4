import { describe, expect, it } from 'vitest';
import { wrap } from './wrap.js';

describe('wrap', () => {
  it('breaks between words and keeps long words whole', () => {
    expect(wrap('turbo helps by 0.02', 11)).toBe('turbo helps\nby 0.02');
    expect(wrap('a pneumonoultramicroscopic word', 6)).toBe('a\npneumonoultramicroscopic\nword');
    expect(wrap('one line', Number.POSITIVE_INFINITY)).toBe('one line');
  });

  it('continues a line below its indent, and below the text that follows a label', () => {
    expect(wrap('  turbo helps a lot', 13)).toBe('  turbo helps\n  a lot');
    expect(wrap('Memory  eight gibibytes free', 18)).toBe('Memory  eight\n        gibibytes\n        free');
    expect(wrap('A long label that takes more than half  x y z', 20)).not.toContain('\n     ');
  });

  it('leaves lines that fit as they are, spaces included', () => {
    expect(wrap('a    b\n\n  c', 6)).toBe('a    b\n\n  c');
  });
});
