import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { deoldify } from '../network/colorizer-network.js';
import { defaultDeoldifySizes } from '../network/deoldify-sizes.js';
import { writePhotographs } from '../photographs/photographs.test-support.js';
import { type TrainColorizerOptions, trainColorizer } from './train-colorizer.js';

const root = mkdtempSync(path.join(tmpdir(), 'chromaray-training-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));

const code = (what: string) => expect.objectContaining({ code: `CHROMARAY_${what}` });

function train(name: string, change: Partial<TrainColorizerOptions> = {}) {
  const photographs = path.join(root, 'photographs');
  const options = { photographs, name, output: path.join(root, 'output'), sizes: [32], epochs: [1], ...change };
  return trainColorizer({ ...options, folder: path.join(root, 'colorizers') });
}

describe('trainColorizer', () => {
  it('refuses what cannot be trained before it trains', async () => {
    await writePhotographs(path.join(root, 'photographs'), 30);
    await expect(train('few')).rejects.toEqual(code('COLORIZER_FEW_PHOTOGRAPHS'));
    await expect(train('odd', { sizes: [50], epochs: [1] })).rejects.toEqual(code('COLORIZER_TRAINING_OPTION'));
    await expect(train('odd', { sizes: [32], epochs: [1, 2] })).rejects.toEqual(code('COLORIZER_TRAINING_OPTION'));
    await expect(train('wrong', { network: deoldify(defaultDeoldifySizes), loss: 'classes' })).rejects.toEqual(
      code('COLORIZER_TRAINING_OPTION'),
    );
    await expect(train('small', { last: 'nogan' })).rejects.toEqual(code('COLORIZER_TRAINING_OPTION'));
    await expect(train('blind', { features: { network: 'x.onnx', tensors: ['a', 'b', 'c'] } })).rejects.toEqual(
      code('COLORIZER_TRAINING_OPTION'),
    );
    await expect(train('photo-small')).rejects.toEqual(code('COLORIZER_EXISTS'));
    await expect(train('../x')).rejects.toEqual(code('COLORIZER_NAME'));
    await expect(train('none', { photographs: path.join(root, 'none.zip') })).rejects.toEqual(
      expect.objectContaining({ code: expect.stringMatching(/^CHROMARAY_/) }),
    );
  });
});
