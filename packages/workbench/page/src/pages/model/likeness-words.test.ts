import { describe, expect, it } from 'vitest';
import { likenessWords } from './likeness-words.js';

const model = { calibrated: 150 };

describe('what is said of a picture beside the training data', () => {
  it('is that nothing is known, where the file does not say', () => {
    expect(likenessWords(null, { calibrated: null })).toMatchObject({
      far: false,
      text: expect.stringMatching(/not known/),
    });
  });

  it('follows the limits', () => {
    const near = likenessWords({ pattern: 0.9, fine: 1, far: false }, model);
    expect([near.far, near.text]).toEqual([false, expect.stringMatching(/^Nothing in its pattern .*150 pictures/)]);
    const both = likenessWords({ pattern: 2.34, fine: 12.3, far: true }, model).text;
    expect(both).toContain('pattern of light and dark is 2.3 times as far from theirs as the limit, and its fine');
    expect(both).toContain('fine structure is 12 times');
    expect(both).toContain('No answer is given.');
    const fine = likenessWords({ pattern: 0.5, fine: 1.2, far: true }, model).text;
    expect(fine).not.toContain('pattern of light and dark is');
    expect(likenessWords({ pattern: Infinity, fine: Infinity, far: true }, model).text).toContain('infinitely as far');
  });
});
