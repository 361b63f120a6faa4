import { expect, it } from 'vitest';
import { correctExamples } from './host-loss.js';

const batch = (targets: readonly number[], count: number) => ({ count, targets: Float32Array.from(targets) });

it('counts examples by the sign of the only logit', () => {
  const loss = { kind: 'binary-cross-entropy' } as const;
  expect(correctExamples(loss, batch([1, 0, 1, 0], 4), Float32Array.of(0.2, 0.2, -3, -3))).toBe(2);
});

it('counts examples by the largest of several logits', () => {
  const loss = { kind: 'categorical-cross-entropy' } as const;
  expect(correctExamples(loss, batch([1, 0, 0, 0, 0, 1], 2), Float32Array.of(-1, -2, -3, 5, 4, 3))).toBe(1);
});

it('counts examples from one half on where the squared error fits the targets', () => {
  const loss = { kind: 'mean-squared-error' } as const;
  expect(correctExamples(loss, batch([0, 1], 2), Float32Array.of(0.4, 0.6))).toBe(2);
});
