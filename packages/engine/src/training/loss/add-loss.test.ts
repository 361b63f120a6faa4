import { describe, expect, it } from 'vitest';
import { fixture, largestDifference, runGraph } from '../step/run-graph.test-support.js';
import { addLoss } from './add-loss.js';
import { correctExamples, summedLoss } from './host-loss.js';
import type { ElementLoss } from './types.js';

interface DenseLoss {
  readonly spec: ElementLoss;
  readonly dims: readonly number[];
  readonly prediction: readonly number[];
  readonly targets: readonly number[];
  readonly weights: readonly number[];
  readonly loss: number;
  readonly gradient: readonly number[];
}

const { cases } = fixture<{ readonly cases: readonly DenseLoss[] }>('torch-dense-losses');

describe('losses on pictures follow PyTorch', () => {
  it.each(cases.map((c) => [JSON.stringify(c.spec), c] as const))('%s', async (_, c) => {
    const [examples] = c.dims as [number];
    const inputs = {
      logits: { dims: c.dims, data: c.prediction },
      targets: { dims: [examples, c.targets.length / examples], data: c.targets },
      weights: { dims: [examples], data: c.weights },
    };
    const [value, slope] = await runGraph(inputs, (builder) => {
      const nodes = addLoss(builder, c.spec, { logits: 'logits', targets: 'targets', weights: 'weights' });
      expect(builder.shape(nodes.gradient)).toEqual(c.dims);
      return [nodes.loss, nodes.gradient];
    });
    expect(largestDifference(value!, [c.loss])).toBeLessThan(1e-6);
    expect(largestDifference(slope!, c.gradient)).toBeLessThan(1e-6);
    const batch = { count: examples, targets: Float32Array.from(c.targets), weights: Float32Array.from(c.weights) };
    expect(summedLoss(c.spec, batch, Float32Array.from(c.prediction)) / examples).toBeCloseTo(c.loss, 5);
  });
});

describe('an accuracy', () => {
  const batch = { count: 2, targets: Float32Array.of(1, 0) };

  it('is counted for a squared error of one output, and is no number where there are no classes', () => {
    const logits = Float32Array.of(0.7, 0.6);
    expect(correctExamples({ kind: 'mean-squared-error' }, batch, logits)).toBe(1);
    for (const loss of [{ kind: 'l1' }, { kind: 'huber' }] as const)
      expect(correctExamples(loss, batch, logits)).toBeNaN();
    const pictures = { count: 1, targets: Float32Array.of(1, 0) };
    expect(correctExamples({ kind: 'mean-squared-error' }, pictures, logits)).toBeNaN();
  });
});
