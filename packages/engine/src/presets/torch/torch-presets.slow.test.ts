import { describe, expect, it } from 'vitest';
import {
  expectCount,
  expectGradients,
  expectPrediction,
  initialDeviation,
  recorded,
} from './torch-presets.test-support.js';

const cases = recorded.cases.map(
  (record) =>
    [`${record.preset}${record.activation === undefined ? '' : ` with ${record.activation}`}`, record] as const,
);

describe(`whole networks against PyTorch ${recorded.torch}`, { timeout: 600_000 }, () => {
  it.each(cases)('%s predicts the same logits', (_, record) => expectPrediction(record));
  it.each(cases)('%s has the same gradients', (_, record) => expectGradients(record));
  it.each(cases)('%s has as many parameters', (_, record) => expectCount(record));
  it("is what PyTorch's own float32 shows where slopes jump: signs of a few arguments of ReLU are the most of it", () => {
    const deep = recorded.cases.flatMap(({ float32 }) => float32 ?? []);
    expect(deep).toHaveLength(2);
    for (const { flips, asComputed, withSigns } of deep) {
      expect(flips[0]).toBeGreaterThan(0);
      expect(flips[0]).toBeLessThan(20);
      expect(asComputed / withSigns).toBeGreaterThan(50);
    }
  });
  it.each([
    // kaiming_normal_(mode='fan_out'): 512 x 3 x 3.
    ['resnet50', 'layer4.0.conv2.weight', Math.sqrt(2 / (512 * 9))],
    ['convnext-tiny', 'features.7.0.block.3.weight', 0.02],
  ])('%s begins as torchvision draws it: %s', (preset, name, expected) => {
    expect(initialDeviation(preset, name) / expected).toBeCloseTo(1, 1);
  });
});
