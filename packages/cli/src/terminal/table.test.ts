import { describe, expect, it } from 'vitest';
import { formatTable } from './table.js';

describe('formatTable', () => {
  it('aligns columns, numbers to the right', () => {
    expect(
      formatTable(
        ['part', 'records'],
        [
          ['train', 4099],
          ['test', 1171],
        ],
      ),
    ).toBe(['part   records', '─────  ───────', 'train     4099', 'test      1171'].join('\n'));
  });
});
