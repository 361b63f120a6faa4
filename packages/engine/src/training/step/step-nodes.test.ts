import { describe, expect, it } from 'vitest';
import { addLoss } from '../loss/add-loss.js';
import { summedLoss } from '../loss/host-loss.js';
import type { Constraint } from '../types.js';
import { addClipByGlobalNorm } from './clip.js';
import { addConstraint, kerasKernelAxes } from './constraints.js';
import type { KerasFixture } from './keras.test-support.js';
import { optimizerRule } from './optimizers.js';
import { fixture, largestDifference, runGraph } from './run-graph.test-support.js';

const keras = fixture<KerasFixture>('keras-training');

describe('optimizers follow Keras', () => {
  it.each(keras.optimizers)('$name', async ({ optimizer, rates, start, gradients, weights }) => {
    const rule = optimizerRule(optimizer);
    const dims = [2, 3];
    let weight: readonly number[] = start;
    let slots = rule.slots.map((): readonly number[] => new Array(6).fill(0));
    for (const [i, rate] of rates.entries()) {
      const scalars = Object.entries(rule.scalarsAt(rate, i + 1)).map(([name, value]) => [
        name,
        { dims: [], data: [value] },
      ]);
      const slotInputs = rule.slots.map((slot, k) => [slot, { dims, data: slots[k]! }]);
      const inputs = Object.fromEntries([...scalars, ...slotInputs]);
      const [updated, ...renewed] = await runGraph(
        { ...inputs, weight: { dims, data: weight }, gradient: { dims, data: gradients[i]! } },
        (builder) => {
          const names = Object.fromEntries(rule.slots.map((slot) => [slot, slot]));
          const result = rule.add(builder, { weight: 'weight', gradient: 'gradient', slots: names, factor: 1 });
          return [result.weight, ...rule.slots.map((slot) => result.slots[slot]!)];
        },
      );
      weight = [...updated!];
      slots = renewed.map((slot) => [...slot]);
      expect(largestDifference(weight, weights[i]!)).toBeLessThan(1e-6);
    }
  });
});

describe('constraints follow Keras on a kernel laid out for ONNX', () => {
  it.each(keras.constraints)('$name', async ({ spec, dims, weight, projected }) => {
    const { kerasAxes, ...rest } = spec;
    const constraint = { ...rest, axes: kerasKernelAxes(...kerasAxes) } as Constraint;
    const [found] = await runGraph({ weight: { dims, data: weight } }, (b) => [addConstraint(b, constraint, 'weight')]);
    expect(largestDifference(found!, projected)).toBeLessThan(1e-6);
  });
});

describe('losses and their gradients follow Keras', () => {
  it.each(keras.losses)('$name', async ({ spec, examples, logits, targets, weights, loss, gradient }) => {
    const dims = [examples, logits.length / examples];
    const [value, slope] = await runGraph(
      {
        logits: { dims, data: logits },
        targets: { dims, data: targets },
        weights: { dims: [examples], data: weights },
      },
      (builder) => {
        const nodes = addLoss(builder, spec, { logits: 'logits', targets: 'targets', weights: 'weights' });
        return [nodes.loss, nodes.gradient];
      },
    );
    expect(largestDifference(value!, [loss])).toBeLessThan(1e-6);
    expect(largestDifference(slope!, gradient)).toBeLessThan(1e-6);
    const batch = { count: examples, targets: Float32Array.from(targets), weights: Float32Array.from(weights) };
    expect(summedLoss(spec, batch, Float32Array.from(logits)) / examples).toBeCloseTo(loss, 5);
  });
});

describe('clipping by global norm follows TensorFlow', () => {
  it.each(keras.clipping)('limit $clipNorm', async ({ clipNorm, gradients, clipped }) => {
    const inputs = Object.fromEntries(gradients.map((data, i) => [`g${i}`, { dims: [data.length], data }]));
    const found = await runGraph(inputs, (builder) => addClipByGlobalNorm(builder, Object.keys(inputs), clipNorm));
    found.forEach((values, i) => {
      expect(largestDifference(values, clipped[i]!)).toBeLessThan(1e-6);
    });
  });
});
