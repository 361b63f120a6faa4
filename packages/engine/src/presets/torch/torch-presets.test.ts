import { describe, expect, it } from 'vitest';
import { buildPreset } from '../registry.js';
import {
  expectCount,
  expectGradients,
  expectPrediction,
  initialDeviation,
  recorded,
} from './torch-presets.test-support.js';

const record = (preset: string) => recorded.cases.find((each) => each.preset === preset)!;

describe(`presets of torchvision ${recorded.torchvision} and timm ${recorded.timm}`, { timeout: 60_000 }, () => {
  it.each(['densenet121', 'efficientnet-b0', 'vit-tiny'])(
    '%s has their number of parameters, with one output in place of a thousand',
    (preset) => expectCount(record(preset)),
  );

  it.each(['efficientnet-b0'])('%s gives their logits and gradients', async (preset) => {
    await expectPrediction(record(preset));
    await expectGradients(record(preset));
  });

  it.each([
    // kaiming_normal_: fan-in 1024 x 1 x 1.
    ['densenet121', 'features.transition3.conv.weight', Math.sqrt(2 / 1024)],
    // kaiming_normal_(mode='fan_out') of a convolution in groups: fan-out counts all of its 1152 filters.
    ['efficientnet-b0', 'features.7.0.block.1.0.weight', Math.sqrt(2 / (1152 * 9))],
    ['vit-tiny', 'blocks.0.attn.qkv.weight', 0.02],
    // torch.nn.Conv2d's own: uniform on 1 / sqrt(3 x 16 x 16).
    ['vit-tiny', 'patch_embed.proj.weight', Math.sqrt(1 / 768 / 3)],
  ])('%s begins as theirs: %s', (preset, name, expected) => {
    expect(initialDeviation(preset, name) / expected).toBeCloseTo(1, 1);
  });

  it('vit-tiny refuses pictures that its patches do not cover', () => {
    expect(() => buildPreset('vit-tiny', { seed: 1, height: 100, width: 100 })).toThrow(
      expect.objectContaining({ code: 'CHROMARAY_PRESET_SIZE', remedy: expect.stringContaining('96') }),
    );
  });
});
