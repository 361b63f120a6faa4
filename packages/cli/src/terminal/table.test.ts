import { percent, pValue, signed } from '@chromaray/base';
import { describe, expect, it } from 'vitest';
import { formatTable } from './table.js';

const header = ['part', 'records'];
const rows = [
  ['train', 14099],
  ['test', 1171],
] as const;

describe('formatTable', () => {
  it('aligns columns, numbers to the right with their thousands separated', () => {
    expect(formatTable(header, rows)).toBe(
      ['part   records', '─────  ───────', 'train   14,099', 'test     1,171'].join('\n'),
    );
  });

  it('sets decimal points below one another, whatever the digits behind them', () => {
    const table = formatTable(
      ['arm', 'p', 'difference'],
      [0.31, 0.004, 0.0001].map((p, i) => [String(i), pValue(p), signed(p - 0.1)]),
    );
    const places = table
      .split('\n')
      .slice(2)
      .map((line) => [line.indexOf('.'), line.lastIndexOf('.')]);
    expect(new Set(places.map(String)).size).toBe(1);
    expect(table).toContain('\u22120.096');
  });

  it('keeps columns of numbers flush right where some are missing', () => {
    expect(
      formatTable(
        ['', 'share'],
        [
          ['a', percent(0.5)],
          ['b', '–'],
        ],
      )
        .split('\n')
        .at(-1),
    ).toBe('b       –');
  });

  it('becomes one block a row where the terminal is too narrow', () => {
    expect(formatTable(header, rows, 14)).toContain('─────');
    expect(formatTable(header, rows, 13)).toBe('train\n  records  14,099\n\ntest\n  records  1,171');
  });
});
