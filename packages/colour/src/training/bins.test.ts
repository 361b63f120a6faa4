import { describe, expect, it } from 'vitest';
import { answerOf, plainMean } from './answer.js';
import { BinCounter, BinEncoder } from './bins.js';

function counted(colours: readonly (readonly [number, number])[]) {
  const counter = new BinCounter();
  for (const [u, v] of colours) counter.add(u, v);
  return counter.bins();
}

describe('colour bins', () => {
  const colours = [
    [3, -7],
    [50.5, -61.25],
    [-99, 120],
    [0, 0],
    [16, 16],
  ] as const;
  const bins = counted(colours);
  const encoder = new BinEncoder(bins);

  it.each(colours)('the shares of (%f, %f) add up to 1 and their mean is the colour', (u, v) => {
    const places = 3;
    const target = new Float32Array(bins.centres.length * places);
    encoder.encode(u, v, target, 1, places);
    const sums = [0, 0, 0];
    bins.centres.forEach(([centreU, centreV], bin) => {
      const share = target[bin * places + 1]!;
      sums[0]! += share;
      sums[1]! += share * centreU;
      sums[2]! += share * centreV;
    });
    for (const [i, expected] of [1, u, v].entries()) expect(sums[i]).toBeCloseTo(expected, 4);
    expect(target.filter((_, i) => i % places !== 1).every((share) => share === 0)).toBe(true);
  });

  it('leaves out colours that are too rare, and puts them with their nearest', () => {
    const common = Array.from({ length: 200_000 }, () => [0, 0] as const);
    const few = counted([...common, [96, 0], [32, 0], [32, 0], [32, 0], [32, 0], [32, 0]]);
    expect(few.centres).toEqual([
      [0, 0],
      [32, 0],
    ]);
    const target = new Float32Array(2);
    new BinEncoder(few).encode(96, 0, target, 0, 1);
    expect([...target]).toEqual([0, 1]);
    expect(few.shares[0]! + few.shares[1]!).toBeCloseTo(1, 12);
  });
});

describe('answerOf', () => {
  const bins = { centres: [[0, 0] as const, [16, 0] as const], shares: Float64Array.of(0.9, 0.1) };

  it('weighs rare colours by Zhang’s formula', () => {
    const { offsets } = answerOf(bins, { temperature: 0.5, rebalance: 0.5 });
    const weight = (share: number) => 1 / (0.5 / 2 + 0.5 * share);
    expect(offsets[1]! - offsets[0]!).toBeCloseTo(Math.log(weight(0.1) / weight(0.9)), 12);
  });

  it('weighs none where rebalancing is off', () => {
    expect(answerOf(bins, plainMean)).toEqual({ centres: bins.centres, offsets: [0, 0], temperature: 1 });
  });
});
