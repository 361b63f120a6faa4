import path from 'node:path';
import { buildPreset, saveModel } from '@chromaray/engine';
import { beforeAll, describe, expect, it } from 'vitest';
import { run } from '../program.test-support.js';
import { temporaryFolder } from '../temporary-folder.test-support.js';

const folder = temporaryFolder();
let study = '';

const text = (layers: string): string => `name: s
dataset: { path: d, positive: P }
image: { size: 32 }
model: { layers: [${layers}] }
training: { batch: 8 }
arms:
  - { name: gray, control: true }
  - { name: large, image: { size: 64 } }
`;
const written = (name: string, layers: string): string => folder.write(name, text(layers));

beforeAll(() => {
  study = written('study.yaml', '{ layer: conv, filters: 4 }, { layer: pool, kind: global-average }');
});

describe('chromaray model show', () => {
  it("lists the layers of a study's control, or of another arm", async () => {
    const { out } = await run(['model', 'show', study]);
    expect(out).toMatch(/layers of the study, arm gray, 32 x 32 pixels/);
    expect(out).toMatch(/layers\.0 +Conv +4 x 32 x 32 +40 +36,864/);
    expect(out).toMatch(/Parameters +45/);
    expect(out).toMatch(/batches of 8 on /);
    const large = JSON.parse((await run(['model', 'show', study, '--arm', 'large', '--json'])).out);
    expect(large).toMatchObject({ arm: 'large', size: 64, parameters: 45, multiplyAdds: 4 * 64 * 64 * 9 + 4 });
  });

  it('lists a preset and a saved model, which have the same layers', async () => {
    const model = path.join(folder.path, 'small.onnx');
    saveModel(model, buildPreset('small', { seed: 1, height: 64, width: 64 }).model);
    const [preset, saved] = await Promise.all(
      [['small', '--size', '64'], [model]].map(async (args) =>
        JSON.parse((await run(['model', 'show', ...args, '--json'])).out),
      ),
    );
    expect(saved.layers).toEqual(preset.layers);
    expect([preset.training.batch, saved.training, saved.size]).toEqual([32, null, null]);
  });

  it.each([
    [
      'layers that do not fit',
      () => [written('bad.yaml', '{ layer: conv, filters: 4 }, { layer: dense, units: 3 }')],
      /layers\[1\] \(dense\): it takes features; what came in is 4 maps of 32x32/,
    ],
    ['an arm that is none', () => [study, '--arm', 'grey'], /has no arm "grey"; it has gray, large/],
    ['a preset that is none', () => ['densenet12'], /There is no preset "densenet12"/],
  ])('refuses %s as wrong use', async (_, args, message) => {
    const { exitCode, err } = await run(['model', 'show', ...args()]);
    expect(exitCode).toBe(2);
    expect(err.replaceAll(/\s+/g, ' ')).toMatch(message);
  });
});
