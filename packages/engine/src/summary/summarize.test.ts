import { describe, expect, it } from 'vitest';
import { countParameters } from '../fit/size.js';
import { buildPreset } from '../presets/registry.js';
import { summarizeModel } from './summarize.js';

const of = (name: string, size: number) => {
  const model = buildPreset(name, { seed: 1, height: size, width: size });
  return { model, summary: summarizeModel(model.model, model.trainable) };
};

describe('summarizeModel', () => {
  // torchvision 0.28's own `_ops` of its weights' metadata, at 224 pixels ("GFLOPS"), without the classifier of 1000.
  it.each([
    ['efficientnet-b0', 0.386],
    ['densenet121', 2.834],
  ])('%s needs the multiply-adds that torchvision publishes', (name, published) => {
    const { model, summary } = of(name, 224);
    expect(summary.multiplyAdds / 1e9).toBeCloseTo(published, 2);
    expect(summary.parameters).toBe(countParameters(model));
  });

  it.each(['small', 'gray-1', 'resnet18'])('%s: parameters of the layers sum to those of the network', (name) => {
    const { model, summary } = of(name, 96);
    expect(summary.layers.reduce((sum, { parameters }) => sum + parameters, 0)).toBe(countParameters(model));
    // A file does not say what was trained; it has the same weights.
    expect(summarizeModel(model.model).parameters).toBe(countParameters(model));
  });

  it('counts by hand: a convolution of 3x3 on one channel, then a dense layer', () => {
    const { layers } = of('mod4-1', 64).summary;
    expect(layers.find(({ operator }) => operator === 'Conv')).toEqual({
      name: 'convolution-1',
      operator: 'Conv',
      output: [32, 62, 62],
      parameters: 32 * 27 + 32,
      multiplyAdds: 62 * 62 * 32 * 27,
    });
    expect(layers.at(-2)).toMatchObject({ name: 'output', output: [1], parameters: 65, multiplyAdds: 64 });
  });
});
