import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { buildPreset, saveModel, withMetadata } from '@chromaray/engine';
import { TemporaryFolder } from '@chromaray/testing/dataset';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { predictImages } from './predict-images.js';

const folder = new TemporaryFolder();
const file = (name: string): string => path.join(folder.path, name);
const network = buildPreset('small', { height: 32, width: 32, transform: { kind: 'gray' }, seed: 1 });
const metadata = {
  classes: ['NORMAL', 'PNEUMONIA'],
  positive: 'PNEUMONIA',
  height: 32,
  width: 32,
  transform: 'none',
  preset: 'small',
};

beforeAll(async () => {
  saveModel(file('low.onnx'), withMetadata(network.model, { ...metadata, threshold: 0 }));
  saveModel(file('high.onnx'), withMetadata(network.model, { ...metadata, threshold: 1 }));
  saveModel(file('foreign.onnx'), network.model);
  for (let i = 0; i < 35; i++) await folder.picture(`${i}.png`, i, 40, 40);
  writeFileSync(file('text.png'), 'no picture');
});
afterAll(() => folder.remove());

describe('predictImages', () => {
  it('calls an image positive from the threshold of the model on, and says that it is for research only', async () => {
    const images = [file('0.png')];
    const low = await predictImages(file('low.onnx'), images);
    const high = await predictImages(file('high.onnx'), images);
    expect([low.predictions[0]!.called, high.predictions[0]!.called]).toEqual(['PNEUMONIA', 'NORMAL']);
    expect(low.predictions[0]!.probability).toBe(high.predictions[0]!.probability);
    expect(low.notice).toMatch(/research/i);
  });

  it('answers in the order asked for, more images than fit into a batch, and says which it cannot read', async () => {
    const images = Array.from({ length: 35 }, (_, i) => file(`${i}.png`)).toSpliced(3, 0, file('text.png'));
    const { predictions } = await predictImages(file('low.onnx'), images);
    expect(predictions.map(({ image }) => image)).toEqual(images);
    expect(predictions.flatMap(({ error }, i) => (error === undefined ? [] : [i]))).toEqual([3]);
    expect(predictions[3]!.error).toMatchObject({ code: expect.stringMatching(/^CHROMARAY_IMAGE_/) });
    const alone = await predictImages(file('low.onnx'), [file('34.png')]);
    expect(predictions[35]!.probability).toBeCloseTo(alone.predictions[0]!.probability!, 6);
  });

  it("throws an image's own error when none can be read", async () => {
    const images = [file('text.png'), file('missing.png')];
    await expect(predictImages(file('low.onnx'), images)).rejects.toMatchObject({
      code: expect.stringMatching(/^CHROMARAY_IMAGE_/),
      message: expect.stringContaining('text.png'),
    });
  });

  it('refuses a model that no study saved', async () => {
    await expect(predictImages(file('foreign.onnx'), [file('0.png')])).rejects.toMatchObject({
      code: 'CHROMARAY_PREDICT_MODEL',
    });
  });
});
