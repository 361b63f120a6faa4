import { describe, expect, it } from 'vitest';
import { parseStudyFile } from '../study-file/parse.js';
import { checkModels } from './study-models.js';

const gib = 2 ** 30;
const study = (batch: number) =>
  parseStudyFile(
    `name: s
dataset: { path: data, positive: PNEUMONIA }
image: { size: 64 }
arms: [{ name: gray, control: true, colour: none }, { name: turbo, colour: { map: turbo } }]
model: { preset: small }
training: { batch: ${batch}, backend: onnxruntime }
`,
    'study.yaml',
  );

describe('checkModels', () => {
  it('refuses what a machine of this size cannot train, and names the arm', async () => {
    expect((await checkModels(study(32), 4 * gib)).memoryBytes).toBeLessThan(4 * gib);
    await expect(checkModels(study(8192), 4 * gib)).rejects.toThrow(
      expect.objectContaining({
        code: 'CHROMARAY_TRAINING_MEMORY',
        message: expect.stringMatching(/arm gray with batches of 8192.*4\.0 GiB/),
      }),
    );
  });
});
