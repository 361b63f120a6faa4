import type { Layer } from '@chromaray/engine';
import { describe, expect, it } from 'vitest';
import { layersText } from './layers-text.js';

describe('layers in a line', () => {
  it('names each with what is not the default', () => {
    const layers: Layer[] = [
      { layer: 'conv', filters: 8, kernel: 3, padding: 'same', bias: true },
      { layer: 'norm' },
      { layer: 'activation', kind: 'relu' },
      { layer: 'pool', size: 2, stride: 2 },
      {
        layer: 'conv',
        filters: 16,
        kernel: 5,
        stride: 2,
        padding: 'valid',
        groups: 4,
        bias: false,
        l2: 0.01,
        constraint: 'unit-norm',
      },
      { layer: 'norm', kind: 'group', groups: 4 },
      {
        layer: 'residual',
        layers: [
          { layer: 'conv', filters: 16, dilation: 2 },
          { layer: 'activation', kind: 'gelu' },
        ],
      },
      { layer: 'pool', kind: 'average', size: 3, stride: 1 },
      { layer: 'flatten' },
      { layer: 'dropout', rate: 0.3 },
      { layer: 'dense', units: 9, initializer: 'he-uniform', constraint: { minNorm: 0, maxNorm: 2 } },
    ];
    expect(layersText(layers)).toBe(
      'conv 8, batch norm, relu, max pool, conv 16 (5x5, stride 2, padding 0, groups 4, no bias, l2 0.01, unit-norm), group norm (groups 4), residual (conv 16 (dilation 2), gelu), average pool (size 3, stride 1), flatten, dropout 0.3, dense 9 (he-uniform, norms 0 to 2)',
    );
  });

  it('is another text for other layers', () => {
    const one: Layer[] = [{ layer: 'conv', filters: 8 }];
    const others: Layer[][] = [
      [{ layer: 'conv', filters: 9 }],
      [{ layer: 'conv', filters: 8, stride: 2 }],
      [{ layer: 'conv', filters: 8, initializer: 'glorot-normal' }],
      [{ layer: 'dense', units: 8 }],
    ];
    for (const other of others) expect(layersText(other)).not.toBe(layersText(one));
  });
});
