import { describe, expect, it } from 'vitest';
import type { TrainingSpecification } from '../../backend.js';
import { updateGroups } from './update-groups.js';

const specification = (options: {
  readonly trainable: readonly string[];
  readonly constrained?: readonly string[];
  readonly l2?: readonly string[];
  readonly factors?: readonly (readonly [string, number])[];
}): TrainingSpecification =>
  ({
    model: {
      trainable: options.trainable,
      constraints: new Map((options.constrained ?? []).map((name) => [name, { kind: 'unit-norm', axes: [0] }])),
      l2: new Map((options.l2 ?? []).map((name) => [name, 0.01])),
    },
    learningRateFactors: new Map(options.factors ?? []),
  }) as unknown as TrainingSpecification;

const tensorsOf = (given: Parameters<typeof specification>[0], size = 10) =>
  updateGroups(specification(given), new Map(given.trainable.map((name) => [name, size]))).map(
    ({ tensors }) => tensors,
  );

describe('groups of tensors that are updated as one', () => {
  it('join neighbours', () => {
    expect(tensorsOf({ trainable: ['a', 'b', 'c'] })).toEqual([['a', 'b', 'c']]);
  });

  it('leave alone what has a constraint, a penalty or a learning rate of its own', () => {
    const given = { constrained: ['b'], l2: ['d'], factors: [['f', 0.1]] as const };
    expect(tensorsOf({ trainable: ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'], ...given })).toEqual([
      ...[['a'], ['b'], ['c'], ['d'], ['e'], ['f']],
      ['g', 'h'],
    ]);
  });

  it('stay small enough for their intermediate values', () => {
    expect(tensorsOf({ trainable: ['a', 'b', 'c'] }, 2 ** 17)).toEqual([['a', 'b'], ['c']]);
  });

  it('divide a large tensor, and leave no element out and none twice', () => {
    const size = 2 ** 19 + 3;
    const groups = updateGroups(specification({ trainable: ['a', 'b'] }), new Map([['a', 10]]).set('b', size));
    expect(groups.map(({ tensors }) => tensors)).toEqual([['a'], ['b'], ['b'], ['b']]);
    const parts = groups.slice(1).map(({ part }) => part!);
    expect(parts.map(({ start }) => start)).toEqual([0, ...parts.slice(0, -1).map(({ end }) => end)]);
    expect(parts.at(-1)!.end).toBe(size);
  });

  it('leave a large tensor whole that has a penalty', () => {
    const groups = updateGroups(specification({ trainable: ['a'], l2: ['a'] }), new Map([['a', 2 ** 20]]));
    expect(groups.map(({ part }) => part)).toEqual([undefined]);
  });
});
