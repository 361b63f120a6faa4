import { readFileSync } from 'node:fs';
import path from 'node:path';
import { buildPreset, saveModel, withMetadata } from '@chromaray/engine';
import { encodePng } from '@chromaray/imaging';
import { smallRadiograph } from '@chromaray/testing/dicom';
import { zipOf } from '@chromaray/testing/zip';
import { beforeAll, describe, expect, it } from 'vitest';
import { run } from '../program.test-support.js';
import { temporaryFolder } from '../temporary-folder.test-support.js';

const folder = temporaryFolder();
const side = 32;
let model = '';
let image = '';

beforeAll(async () => {
  const { model: network } = buildPreset('small', { height: side, width: side, transform: { kind: 'gray' }, seed: 1 });
  model = path.join(folder.path, 'gray-1.onnx');
  saveModel(
    model,
    withMetadata(network, {
      classes: ['NORMAL', 'PNEUMONIA'],
      positive: 'PNEUMONIA',
      threshold: 0.25,
      height: side,
      width: side,
      transform: 'none',
      preset: 'small',
    }),
  );
  saveModel(path.join(folder.path, 'foreign.onnx'), network);
  const data = Uint8Array.from({ length: side * side }, (_, i) => i % 256);
  image = folder.write('x-ray.png', await encodePng({ width: side, height: side, channels: 1, data }));
});

describe('predict', () => {
  it('prints a probability, the call, the threshold and the notice', async () => {
    const { exitCode, out, err } = await run(['predict', model, image]);
    expect(exitCode).toBe(0);
    expect(err).toBe('');
    expect(out).toMatch(/x-ray\.png +0\.\d{6} +(NORMAL|PNEUMONIA)/);
    expect(out).toContain('0.2500');
    expect(out).toContain('For research use only');
  });

  it('computes with the backend that is asked for, and refuses one that there is not', async () => {
    const { exitCode, out } = await run(['predict', model, image, '--backend', 'onnxruntime', '--json']);
    const standard = await run(['predict', model, image, '--json']);
    expect(exitCode).toBe(0);
    expect(JSON.parse(out).predictions[0].probability).toBeCloseTo(
      JSON.parse(standard.out).predictions[0].probability,
      5,
    );
    const wrong = await run(['predict', model, image, '--backend', 'tensorflow']);
    expect(wrong.exitCode).toBe(2);
    expect(wrong.err).toContain('auto, onnxruntime, onednn');
    const both = await run(['predict', model, image, '--backend', 'onednn', '--provider', 'cuda']);
    expect(both.exitCode).toBe(1);
    expect(both.err).toMatch(/CHROMARAY_(BACKEND_PROVIDER|ONEDNN_MISSING)/);
  });

  it('takes an archive for all pictures in it', async () => {
    const zip = folder.write(
      'x-rays.zip',
      zipOf([
        { name: 'a/x-ray.png', content: readFileSync(image) },
        { name: '__MACOSX/a/._x-ray.png', content: 'x' },
      ]),
    );
    const { exitCode, out } = await run(['predict', model, image, zip, '--json']);
    expect(exitCode).toBe(0);
    const [alone, archived, ...others] = JSON.parse(out).predictions;
    expect(others).toEqual([]);
    expect(archived).toEqual({ ...alone, image: path.join(zip, 'a/x-ray.png') });
  });

  it('takes a folder for all pictures below it, as explain does', async () => {
    const png = readFileSync(image);
    for (const name of ['b/2.png', 'a/1.png']) folder.write(`x-rays/${name}`, png);
    folder.write('x-rays/readme.txt', 'no picture');
    const { exitCode, out } = await run(['predict', model, path.join(folder.path, 'x-rays'), '--json']);
    expect(exitCode).toBe(0);
    const { predictions } = JSON.parse(out);
    expect(predictions.map((one: { image: string }) => path.relative(folder.path, one.image))).toEqual([
      'x-rays/a/1.png',
      'x-rays/b/2.png',
    ]);
    const to = path.join(folder.path, 'explained');
    const explained = await run(['explain', model, path.join(folder.path, 'x-rays'), '--out', to, '--json']);
    expect(JSON.parse(explained.out).explanations).toHaveLength(2);
  });

  it('says of a folder without pictures what to name instead', async () => {
    folder.write('empty/readme.txt', 'no picture');
    const { exitCode, err } = await run(['predict', model, path.join(folder.path, 'empty')]);
    expect(exitCode).toBe(1);
    expect(err).toContain('→ Name a folder or an archive that holds pictures.');
  });

  it('names the faults that images were read in spite of', async () => {
    const file = folder.write('headless.dcm', smallRadiograph({ seed: 1 }).subarray(132));
    const { exitCode, out } = await run(['predict', model, file]);
    expect(exitCode).toBe(0);
    expect(out).toContain(`Read despite faults:\n  ${file} has no "DICM"`);
    const { notes } = JSON.parse((await run(['predict', model, file, '--json'])).out);
    expect(notes).toMatchObject([{ file, kind: 'no-header' }]);
    expect((await run(['predict', model, image])).out).not.toContain('faults');
  });

  it('goes on past an image that cannot be read, lists it, and ends with 1', async () => {
    const text = folder.write('text.jpeg', 'I am a text');
    const { exitCode, out } = await run(['predict', model, image, text, '--json']);
    expect(exitCode).toBe(1);
    const { predictions, notice } = JSON.parse(out);
    expect(notice).toContain('research');
    expect(predictions[0].probability).toBeGreaterThan(0);
    expect(predictions[1].error.code).toBe('CHROMARAY_IMAGE_UNREADABLE');
    const table = await run(['predict', model, image, text]);
    expect(table.out).toContain('Not read:\n');
    expect(table.exitCode).toBe(1);
  });

  it.each([
    ['a model that is missing', 'nothing.onnx', undefined, 'CHROMARAY_MODEL_MISSING'],
    ['a file that is no model', 'text.onnx', 'this is a text and no model', 'CHROMARAY_MODEL_CORRUPT'],
    ['an empty model', 'empty.onnx', '', 'CHROMARAY_MODEL_CORRUPT'],
    ['a model that no study saved', 'foreign.onnx', undefined, 'CHROMARAY_PREDICT_MODEL'],
  ])('refuses %s', async (_, name, content, code) => {
    if (content !== undefined) folder.write(name, content);
    const { exitCode, err } = await run(['predict', path.join(folder.path, name), image]);
    expect(exitCode).toBe(1);
    expect(err).toContain(name);
    expect(err).toContain(`(${code})`);
    expect(err).not.toMatch(/\n\s+at /);
  });

  it('names an image that is missing', async () => {
    const { exitCode, err } = await run(['predict', model, path.join(folder.path, 'nowhere.png')]);
    expect(exitCode).toBe(1);
    expect(err).toContain('nowhere.png');
    expect(err).toContain('(CHROMARAY_IMAGE_MISSING)');
  });

  it('interrupted, gives no half result', async () => {
    const { exitCode, out } = await run(['predict', model, image], { signal: AbortSignal.abort() });
    expect(exitCode).toBe(130);
    expect(out).toBe('');
  });
});
