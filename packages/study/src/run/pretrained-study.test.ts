import { readFileSync, writeFileSync } from 'node:fs';
import { sha256 } from '@chromaray/base';
import { buildPreset, loadModel, readMetadata, saveModel } from '@chromaray/engine';
import { addWeights } from '@chromaray/installed';
import { readArtefact } from '@chromaray/store';
import { TinyStudy } from '@chromaray/testing/tiny-study';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { runStudy } from './run-study.js';

const tiny = new TinyStudy();
const weights = tiny.path('mobilenet.onnx');
const preset = 'preset: mobilenet-v1-0.25, weights: mobilenet.onnx';
const study = (model: string) =>
  tiny.studyFile({
    arms: '[{ name: gray3, control: true, colour: repeat }, { name: turbo, colour: { map: turbo } }]',
    seeds: '[1]',
    epochs: 1,
    model: `{ ${model} }`,
  });
const options = { studies: tiny.path('studies') };

function writeWeights(seed: number): string {
  saveModel(weights, buildPreset('mobilenet-v1-0.25', { seed, height: 32, width: 32 }).model);
  return sha256(readFileSync(weights));
}

/** Every trial is a process that compiles the sources; other tests run beside it. */
const patience = 120_000;

describe('a study on pretrained weights', () => {
  let hash = '';

  beforeAll(async () => {
    await tiny.writeData();
    hash = writeWeights(1);
  });
  beforeEach(() => void vi.stubEnv('CHROMARAY_HOME', tiny.path('home')));
  afterAll(() => tiny.remove());

  it(
    'trains what is not frozen, and tells which weights it began at, of installed ones with their licence',
    async () => {
      await addWeights(weights, { preset: 'mobilenet-v1-0.25', name: 'kept', licence: 'Apache-2.0' });
      const model = `preset: mobilenet-v1-0.25, weights: kept, freeze: ['*', '!block-13/*'], batchNorm: frozen, learningRates: [{ match: 'block-13/*', factor: 0.1 }]`;
      const { folder } = await runStudy(study(model), options);
      const record = { file: 'kept.onnx', sha256: hash, licence: 'Apache-2.0' };
      expect(readArtefact('run', folder.runRecord).weights).toEqual(record);
      const trained = loadModel(folder.model('turbo', 1));
      expect(readMetadata(trained)).toMatchObject({ preset: 'mobilenet-v1-0.25', pretrained: record });
      const report = readFileSync(folder.report, 'utf8');
      expect(report).toContain('began at pretrained weights (kept.onnx)');
      expect(report).toContain(`kept.onnx, SHA-256 ${hash}; licence: Apache-2.0`);

      const given = loadModel(weights).graph.initializers;
      const now = (name: string) => trained.graph.initializers.get(name)!.data;
      expect(now('block-12/pointwise/kernel')).toEqual(given.get('block-12/pointwise/kernel')!.data);
      expect(now('block-13/pointwise/norm/mean')).toEqual(given.get('block-13/pointwise/norm/mean')!.data);
      expect(now('block-13/pointwise/kernel')).not.toEqual(given.get('block-13/pointwise/kernel')!.data);
    },
    patience,
  );

  it(
    'is another study with other weights, wherever they lie',
    async () => {
      const again = {
        ...study(
          `${preset}, freeze: ['*', '!block-13/*'], batchNorm: frozen, learningRates: [{ match: 'block-13/*', factor: 0.1 }]`,
        ),
      };
      writeFileSync(tiny.path('copy.onnx'), readFileSync(weights));
      const moved = { ...again, model: { ...again.model, weights: tiny.path('copy.onnx') } };
      await expect(runStudy(moved, options)).resolves.toBeDefined();
      writeWeights(2);
      await expect(runStudy(again, options)).rejects.toMatchObject({ code: 'CHROMARAY_REGISTRATION_DIFFERS' });
    },
    patience,
  );

  it.each([
    ['CHROMARAY_MODEL_MISSING', 'preset: mobilenet-v1-0.25, weights: nowhere.onnx'],
    ['CHROMARAY_WEIGHTS_UNKNOWN', 'preset: mobilenet-v1-0.25, weights: nowhere'],
    ['CHROMARAY_TRANSFER_PATTERN', `${preset}, freeze: ['blok-1/*']`],
    ['CHROMARAY_TRANSFER_WEIGHTS', 'preset: gray-7, weights: mobilenet.onnx'],
    ['CHROMARAY_TRANSFER_FEATURES', 'onnx: mobilenet.onnx, features: feature, input: imagenet'],
  ])('refuses with %s before any picture is read', async (code, model) => {
    const phases: string[] = [];
    const run = runStudy(
      { ...study(model), name: 'refused' },
      { ...options, onEvent: (event) => phases.push(event.kind) },
    );
    await expect(run).rejects.toMatchObject({ code });
    expect(phases).toEqual(['run-started', 'run-ended']);
  });
});
