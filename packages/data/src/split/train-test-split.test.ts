import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { MersenneTwister } from './mersenne-twister.js';
import { trainTestSplit } from './train-test-split.js';

interface Fixture {
  words: Record<string, number[]>;
  splits: {
    n: number;
    seed: number;
    sizes: { train_size?: number; test_size?: number };
    trainFirst: number[];
    testFirst: number[];
    trainHash: string;
    testHash: string;
  }[];
  study: { n: number; seed: number } & Record<'train' | 'validation' | 'test', StudyPart>;
}
interface StudyPart {
  count: number;
  first: number[];
  hash: string;
}

// Recorded from scikit-learn by test/reference/sklearn-split.py.
const fixture: Fixture = JSON.parse(
  readFileSync(new URL('../../test/fixtures/sklearn-split.json', import.meta.url), 'utf8'),
);
const digest = (indices: readonly number[]) => createHash('sha256').update(indices.join(',')).digest('hex');

describe('MersenneTwister', () => {
  it.each(Object.entries(fixture.words))('draws the words of numpy for seed %s', (seed, words) => {
    const twister = new MersenneTwister(Number(seed));
    expect(words.map(() => twister.uint32())).toEqual(words);
  });
});

describe('trainTestSplit', () => {
  it.each(fixture.splits)(
    'gives what scikit-learn gives: n $n, seed $seed, $sizes',
    ({ n, seed, sizes, ...expected }) => {
      const { train_size: train, test_size: test } = sizes;
      const split = trainTestSplit(n, { ...(train && { train }), ...(test && { test }) }, seed);
      expect(split.train.slice(0, 20)).toEqual(expected.trainFirst);
      expect(split.test.slice(0, 20)).toEqual(expected.testFirst);
      expect([digest(split.train), digest(split.test)]).toEqual([expected.trainHash, expected.testHash]);
    },
  );

  it('repeats both calls of the original study: 10,668 / 1,520 / 3,010', () => {
    const { n, seed, ...parts } = fixture.study;
    const first = trainTestSplit(n, { train: 0.9, test: 0.1 }, seed);
    const second = trainTestSplit(first.train.length, { train: 0.78 }, seed);
    const pick = (positions: readonly number[]) => positions.map((position) => first.train[position]!);
    const found = { validation: first.test, train: pick(second.train), test: pick(second.test) };
    expect([found.train.length, found.validation.length, found.test.length]).toEqual([10668, 1520, 3010]);
    for (const part of ['train', 'validation', 'test'] as const) {
      expect(found[part].slice(0, 20)).toEqual(parts[part].first);
      expect(digest(found[part])).toBe(parts[part].hash);
    }
  });

  it('refuses parts that would be empty', () => {
    const code = expect.objectContaining({ code: 'CHROMARAY_SPLIT_TOO_FEW_RECORDS' });
    expect(() => trainTestSplit(1, { test: 0.5 }, 0)).toThrowError(code);
    expect(() => trainTestSplit(3, { train: 0.1 }, 0)).toThrowError(code);
  });
});
