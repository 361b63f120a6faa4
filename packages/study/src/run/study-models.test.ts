import { describe, expect, it } from 'vitest';
import { parseStudyFile } from '../file/parse.js';
import { checkModels } from './study-models.js';

const study = (batch: number) =>
  parseStudyFile(
    `name: s
dataset: { path: data, positive: PNEUMONIA }
image: { size: 64 }
arms: [{ name: gray, control: true, colour: none }, { name: turbo, colour: { map: turbo } }]
model: { preset: small }
training: { batch: ${batch} }
`,
    'study.yaml',
  );

describe('checkModels', () => {
  it('refuses what no machine of this size can train, with numbers and a batch that fits', () => {
    const gib = 2 ** 30;
    let error: { code: string; message: string; remedy: string } | undefined;
    try {
      checkModels(study(8192), 4 * gib);
    } catch (thrown) {
      error = thrown as typeof error;
    }
    expect(error).toMatchObject({ code: 'CHROMARAY_STUDY_MEMORY', message: expect.stringMatching(/8192.*4\.0 GiB/) });
    const fits = Number(/batch: (\d+)/.exec(error!.remedy)![1]);
    expect(checkModels(study(fits), 4 * gib).memoryBytes).toBeLessThanOrEqual(4 * gib);
    expect(() => checkModels(study(fits + 1), 4 * gib)).toThrow(/batches of/);
    expect(() => checkModels(study(1), 2 ** 20)).toThrow(
      expect.objectContaining({ remedy: expect.stringContaining('even one picture') }),
    );
  });
});
