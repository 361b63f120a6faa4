import { percent } from '@chromaray/base';
import { describe, expect, it } from 'vitest';
import { terminalText } from './print.js';

describe('text for a terminal', () => {
  it('never cuts a number, nor a number from its unit', () => {
    const text = `The minimum detectable difference is 0.038, the specificity ${percent(0.9123)} of all`;
    for (let width = 30; width < text.length; width++) {
      const lines = terminalText(text, width).split('\n');
      expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(width);
      expect(lines.filter((line) => /(^|[\s(])0\.038,/.test(line))).toHaveLength(1);
      expect(lines.filter((line) => line.includes('91.2 %'))).toHaveLength(1);
    }
  });

  it('shows control characters instead of obeying them', () => {
    expect(terminalText('a\u001b[2Jb\r\tc\u009bd\ne', 80)).toBe('a\\x1b[2Jb\\x0d\\x09c\\x9bd\ne');
  });
});
