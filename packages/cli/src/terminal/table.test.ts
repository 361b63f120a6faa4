import { describe, expect, it } from 'vitest';
import { formatTable } from './table.js';

const header = ['part', 'records'];
const rows = [
  ['train', 4099],
  ['test', 1171],
] as const;

describe('formatTable', () => {
  it('aligns columns, numbers to the right', () => {
    expect(formatTable(header, rows)).toBe(
      ['part   records', '─────  ───────', 'train     4099', 'test      1171'].join('\n'),
    );
  });

  it('becomes one block a row where the terminal is too narrow', () => {
    expect(formatTable(header, rows, 14)).toContain('─────');
    expect(formatTable(header, rows, 13)).toBe('train\n  records  4099\n\ntest\n  records  1171');
  });
});
