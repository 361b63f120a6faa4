import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { expectClose, reference } from '../../test/reference.test-support.js';
import { rankCorrelation } from './spearman.js';

interface Pair {
  readonly first: number[];
  readonly second: number[];
  readonly correlation: number;
}

describe('rankCorrelation', () => {
  it.each(reference<{ spearman: Pair[] }>('agreement').spearman.map((pair) => [pair.first.length, pair] as const))(
    'agrees with scipy on %i pairs',
    (_, { first, second, correlation }) => {
      expectClose(rankCorrelation(first, second), correlation, 1e-12);
    },
  );

  it('is 1 under a rising map, -1 under a falling one, and symmetric', () => {
    const distinct = fc.uniqueArray(fc.integer({ min: -1000, max: 1000 }), { minLength: 2, maxLength: 40 });
    fc.assert(
      fc.property(distinct, fc.array(fc.integer({ min: 0, max: 3 }), { minLength: 40, maxLength: 40 }), (a, noise) => {
        expect(
          rankCorrelation(
            a,
            a.map((value) => Math.exp(value / 100)),
          ),
        ).toBe(1);
        expect(
          rankCorrelation(
            a,
            a.map((value) => -(value ** 3)),
          ),
        ).toBe(-1);
        const b = a.map((_, i) => noise[i]!);
        expect(rankCorrelation(a, b)).toBe(rankCorrelation(b, a));
      }),
    );
  });

  it('is unknown where one side does not vary, and refuses what cannot be ranked', () => {
    expect(rankCorrelation([1, 2, 3], [5, 5, 5])).toBeNull();
    expect(rankCorrelation([], [])).toBeNull();
    expect(() => rankCorrelation([1, 2], [1])).toThrow(expect.objectContaining({ code: 'CHROMARAY_EVIDENCE_LENGTH' }));
    expect(() => rankCorrelation([1, Number.NaN], [1, 2])).toThrow(
      expect.objectContaining({ code: 'CHROMARAY_EVIDENCE_SCORE' }),
    );
  });
});
