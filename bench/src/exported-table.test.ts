import { expect, it } from 'vitest';
import { exportedTable } from './exported-table.js';

const row = { network: 'ViT', exporter: 'legacy', opset: 17, parameters: 1200 };

it('tabulates what became of exported files: all trained, some, refused', () => {
  const distances = { onednn: 0.0000012, onnxruntime: 0 };
  const lines = exportedTable([
    { ...row, trained: { numbers: 1200, untrained: 0 }, distances },
    { ...row, exporter: 'dynamo', trained: { numbers: 1100, untrained: 2 }, distances },
    { ...row, refusal: 'CHROMARAY_X: no' },
  ]).split('\n');
  expect(lines.slice(2)).toEqual([
    '| ViT | legacy, 17 | all 1,200 | 1e-6 | 0e+0 |',
    '| ViT | dynamo, 17 | 1,100 of 1,200; 2 constants stay | 1e-6 | 0e+0 |',
    '| ViT | legacy, 17 | CHROMARAY_X: no | – | – |',
  ]);
});
