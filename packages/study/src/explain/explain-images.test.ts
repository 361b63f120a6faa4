import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { GraphBuilder, type Model, saveModel, tensorOf, withMetadata } from '@chromaray/engine';
import { encodePng } from '@chromaray/imaging';
import { afterAll, describe, expect, it } from 'vitest';
import { explainImages } from './explain-images.js';
import { mapsOf } from './explain-pixels.js';
import { randomisationCheck } from './randomisation.js';

const folder = mkdtempSync(path.join(os.tmpdir(), 'chromaray-explain-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const side = 32;

/**
 * A network whose evidence is known: it calls positive what has more light than a limit. Of two filters the first
 * passes light on and the head counts it; the second sees darkness and the head takes it off.
 */
function lightMeter(): Model {
  const builder = new GraphBuilder('light', 17);
  const pixels = builder.input('pixels', 'uint8', ['batch', 1, side, side]);
  const scaled = builder.node('Mul', [builder.node('Cast', [pixels], { to: 1 }), builder.floats(1 / 255)]);
  const kernel = builder.constant('kernel', tensorOf('float32', [2, 1, 1, 1], [1, -1]));
  const bias = builder.constant('bias', tensorOf('float32', [2], [0, 0.5]));
  const seen = builder.node('Relu', [builder.node('Conv', [scaled, kernel, bias], { kernel_shape: [1, 1] })]);
  const pooled = builder.node('Flatten', [builder.node('GlobalAveragePool', [seen])], { axis: 1 });
  const head = builder.constant('head', tensorOf('float32', [2, 1], [200, -2]));
  const logit = builder.node('Gemm', [pooled, head, builder.constant('limit', tensorOf('float32', [1], [-1]))]);
  builder.output(builder.node('Sigmoid', [logit], {}, { outputs: ['probability'] }));
  const graph = builder.build();
  const model = { graph, opsets: new Map([['', 17]]), irVersion: 8, producer: 'test', metadata: new Map() };
  return withMetadata(model, {
    classes: ['NORMAL', 'PNEUMONIA'],
    ...{ positive: 'PNEUMONIA', threshold: 0.5, height: side, width: side, transform: 'none', preset: 'light' },
  });
}

const model = lightMeter();
const modelFile = path.join(folder, 'light.onnx');
saveModel(modelFile, model);

/** Black with a white square whose upper left corner is given. */
function spot(x: number, y: number): Uint8Array {
  return Uint8Array.from({ length: side * side }, (_, i) => {
    const [column, row] = [i % side, Math.floor(i / side)];
    return column >= x && column < x + 2 && row >= y && row < y + 2 ? 255 : 0;
  });
}

async function image(name: string, pixels: Uint8Array): Promise<string> {
  const file = path.join(folder, name);
  writeFileSync(file, await encodePng({ width: side, height: side, data: pixels }));
  return file;
}

describe('a network whose evidence is known', () => {
  it('is shown to look where it does', async () => {
    const files = [await image('corner.png', spot(0, 0)), await image('middle.png', spot(15, 15))];
    const mask = await image(
      'mask.png',
      Uint8Array.from({ length: side * side }, (_, i) => (i % side >= 12 ? 255 : 0)),
    );
    const out = path.join(folder, 'out');
    const { explanations, featureMap, notice } = await explainImages(modelFile, files, { out, mask });
    const [corner, middle] = explanations as Extract<(typeof explanations)[number], { picture: string }>[];
    expect(featureMap).toEqual({ channels: 2, height: side, width: side });
    expect(notice).toMatch(/research use only/i);
    expect(corner).toMatchObject({ called: 'NORMAL', towards: 'NORMAL' });
    const asked = { out, mask, towards: 'PNEUMONIA' };
    const found = (await explainImages(modelFile, files, asked)).explanations as (typeof corner)[];
    expect(found[0]!.shares).toEqual({ border: 1, centre: 0, lungs: 0 });
    expect(found[1]!.shares).toEqual({ border: 0, centre: 1, lungs: 1 });
    // What speaks against pneumonia is the darkness, everywhere but where the light is.
    expect(middle!.shares.border).toBeGreaterThan(0.2);
    expect(middle!.map[15 * side + 15]).toBe(0);
    expect(statSync(found[1]!.picture).size).toBeGreaterThan(1000);
    expect(path.basename(found[1]!.picture)).toBe('middle.png');
  });

  it('gives pictures of one name files of their own, and lists what cannot be read', async () => {
    const file = await image('same.png', spot(4, 4));
    const broken = path.join(folder, 'broken.png');
    writeFileSync(broken, 'no picture');
    const out = path.join(folder, 'named');
    const { explanations } = await explainImages(modelFile, [file, file, broken], { out });
    expect(explanations.slice(0, 2).map(({ picture }) => path.basename(picture!))).toEqual(['same.png', 'same-2.png']);
    expect(explanations[2]).toMatchObject({
      image: broken,
      error: { code: expect.stringMatching(/^CHROMARAY_IMAGE_/) },
    });
  });

  it('refuses a class it does not know and a model that no study saved', async () => {
    const file = await image('one.png', spot(4, 4));
    const unknown = explainImages(modelFile, [file], { out: folder, towards: 'TUBERCULOSIS' });
    await expect(unknown).rejects.toMatchObject({ code: 'CHROMARAY_EXPLAIN_CLASS' });
    const foreign = path.join(folder, 'foreign.onnx');
    saveModel(foreign, { ...model, metadata: new Map() });
    await expect(explainImages(foreign, [file], { out: folder })).rejects.toMatchObject({
      code: 'CHROMARAY_PREDICT_MODEL',
    });
  });
});

describe('the randomisation check', () => {
  const asked = [spot(3, 5), spot(15, 15), spot(20, 9)].map((pixels) => ({ pixels, towards: 1 as const }));
  const size = { width: side, height: side };

  it('fails a network whose map is the picture with any weights', async () => {
    // One filter and equal weights: no order of its weights is another network.
    const { initializers } = model.graph;
    const same = new Map(initializers)
      .set('kernel', tensorOf('float32', [2, 1, 1, 1], [1, 1]))
      .set('head', tensorOf('float32', [2, 1], [3, 3]));
    const fixed = {
      ...model,
      graph: { ...model.graph, initializers: same.set('bias', tensorOf('float32', [2], [0, 0])) },
    };
    const { passed, stages } = await randomisationCheck(fixed, asked, await mapsOf(fixed, asked), size, { seed: 1 });
    expect(passed).toBe(false);
    expect(stages.at(-1)).toMatchObject({ layers: 2, of: 2, rankCorrelation: 1, similarity: 1, flat: 0 });
  });

  it('has nothing to say of maps without evidence', async () => {
    const { passed, stages, n } = await randomisationCheck(model, [], await mapsOf(model, []), size, { seed: 1 });
    expect({ passed, stages, n }).toEqual({ passed: null, stages: [], n: 0 });
  });
});
