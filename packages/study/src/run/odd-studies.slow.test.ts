import { copyFileSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { buildPreset, saveModel } from '@chromaray/engine';
import { TinyStudy } from '@chromaray/testing/tiny-study';
import { inProcessRunner } from '@chromaray/trials';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { parseStudyFile } from '../study-file/parse.js';
import { runStudy } from './run-study.js';

/** Milliseconds; generous for a busy machine. */
const patience = 180_000;
const tiny = new TinyStudy();
const usual = {
  dataset: '{ path: data, layout: kaggle, positive: PNEUMONIA }',
  split: '{ method: patient, fractions: { train: 0.5, validation: 0.2, test: 0.3 }, seed: 1 }',
  image: '{ size: 32 }',
  arms: '[{ name: gray, control: true }, { name: turbo, colour: { map: turbo } }]',
  model: '{ preset: small }',
  training: '{ epochs: 1, batch: 8 }',
  seeds: '[1]',
};
type Odd = Partial<typeof usual> & { readonly endpoint?: string; readonly labels?: string };
const folders = (path: string, more = '') => `{ path: ${path}, layout: folders, ${more} }`;
const folds = (count: number) => `{ method: patient, folds: ${count} }`;

beforeAll(async () => {
  await tiny.writeData();
  const files = (label: string) =>
    readdirSync(tiny.path('data/train', label)).map((name) => tiny.path('data/train', label, name));
  const put = (folder: string, sources: readonly string[]) => {
    mkdirSync(tiny.path(folder), { recursive: true });
    sources.forEach((file, i) => {
      copyFileSync(file, tiny.path(folder, `${folder.replaceAll('/', '-')}${i}.jpeg`));
    });
  };
  const [well, sick] = [files('NORMAL'), files('PNEUMONIA')];
  put('few/A', well);
  put('few/B', sick.slice(0, 3));
  put('one/A', well);
  put('one/B', sick.slice(0, 1));
  for (const [name, own] of [
    ['A', well.slice(0, 6)],
    ['B', sick.slice(0, 6)],
    ['C', sick.slice(6, 9)],
  ] as const)
    put(`three/${name}`, own);
  put('sites', [...well, ...sick]);
  const rows = [...well, ...sick].map(
    (_, i) => `sites${i}.jpeg,${i < well.length ? 'N' : 'P'},p${i},${i < well.length + 4 ? 'north' : 'south'}`,
  );
  writeFileSync(tiny.path('sites/list.csv'), `${['path,label,patient,site', ...rows].join('\n')}\n`);
  writeFileSync(tiny.path('empty.safetensors'), '');
  writeFileSync(tiny.path('text.onnx'), 'This is no network.');
  saveModel(tiny.path('other.onnx'), buildPreset('small', { seed: 1, height: 32, width: 32 }).model);
}, patience);
afterAll(() => tiny.remove());

const named = (model: string) => `[{ name: gray, control: true }, { name: own, model: ${model} }]`;

// What a study file cannot show is wrong: it takes the data set, or the files it names. None of them may train anything.
it.each<[string, Odd, string, RegExp, RegExp?]>([
  [
    'more folds than patients of a class',
    { split: folds(30) },
    'SPLIT_TOO_FEW_PATIENTS',
    /^30 folds need at least 30 patients of each class .*16 positive and 16 negative/,
  ],
  [
    'folds too small for the endpoint',
    { split: folds(5), endpoint: '{ metric: sensitivity, at: 0.9 }' },
    'ENDPOINT_TOO_FEW',
    /needs 10 patients with PNEUMONIA in the test part .* but there are 3/,
    /^Write fewer `split.folds` than 5/,
  ],
  [
    'sites that are not known',
    { split: '{ method: patient, by: site }' },
    'SPLIT_SITES',
    /48 of 48 records have no site/,
  ],
  [
    'a site of one class',
    { dataset: '{ path: sites/list.csv, layout: csv, positive: P }', split: '{ method: patient, by: site }' },
    'SPLIT_SITES',
    /records of the site south are all P, so nothing can be measured/,
  ],
  [
    'a class of three records in four folds',
    { dataset: folders('few', 'positive: B'), split: folds(4) },
    'SPLIT_TOO_FEW_PATIENTS',
    /there are 3 positive and 11 negative/,
  ],
  [
    'a class of three records, where an interval needs two of it to test on',
    { dataset: folders('three', 'classes: [A, B, C]'), endpoint: '{ metric: macro-auroc }' },
    'SPLIT_TOO_FEW_PATIENTS',
    /The test part holds 1 patient of C, of 3 patients in all/,
  ],
  [
    'a class of one record',
    { dataset: folders('one', 'positive: B') },
    'SPLIT_TOO_FEW_PATIENTS',
    /there are 1 positive and 11 negative/,
  ],
  [
    'a class without a record',
    { dataset: folders('three', 'classes: [A, B, D]'), endpoint: '{ metric: macro-auroc }' },
    'DATASET_CLASSES',
    /no record of the class "D"; it has "A", "B", "C"/,
  ],
  [
    'a positive class that is none',
    { dataset: '{ path: data, layout: kaggle, positive: COVID }' },
    'DATASET_POSITIVE',
    /no class "COVID"; there are "NORMAL", "PNEUMONIA"/,
  ],
  [
    'noise in a class that is none',
    { labels: '{ flip: { COVID: 0.2 } }' },
    'LABELS_CLASS',
    /names the class "COVID".*its classes are "PNEUMONIA" and "NORMAL"/,
  ],
  [
    'an arm with too little noise to turn a label',
    { arms: '[{ name: gray, control: true }, { name: noisy, labels: { flip: 0.001 } }]' },
    'STUDY_SAME_ARMS',
    /"gray" and "noisy" would train the same networks/,
  ],
  [
    'one share of noise, written for each class',
    {
      arms: '[{ name: gray, control: true }, { name: a, labels: { flip: 0.2 } }, { name: b, labels: { flip: { NORMAL: 0.2, PNEUMONIA: 0.2 } } }]',
    },
    'STUDY_SAME_ARMS',
    /"a" and "b" would train the same networks/,
  ],
  [
    'an endpoint for more patients than there are',
    { endpoint: '{ metric: partial-auroc, range: [0, 0.05] }' },
    'ENDPOINT_TOO_FEW',
    /needs 10 patients with PNEUMONIA in the test part .* but there are 5/,
    /`split.fractions`/,
  ],
  [
    'weights of another network',
    { model: '{ preset: resnet50, weights: other.onnx }' },
    'TRANSFER_WEIGHTS',
    /other.onnx does not hold the network resnet50: 265 tensors are missing \(conv1.weight, /,
  ],
  [
    'weights of another network in one arm',
    { arms: named('{ preset: resnet50, weights: other.onnx }') },
    'TRANSFER_WEIGHTS',
    /^In the arm "own": .*other.onnx does not hold the network resnet50/,
  ],
  ['weights that are not there', { model: '{ preset: resnet50, weights: none.onnx }' }, 'MODEL_MISSING', /none.onnx/],
  [
    'weights that are text',
    { model: '{ onnx: text.onnx, input: imagenet }' },
    'MODEL_CORRUPT',
    /text.onnx: this is not an ONNX model/,
  ],
  [
    'an empty file of weights',
    { model: '{ preset: resnet50, weights: empty.safetensors }' },
    'MODEL_CORRUPT',
    /empty.safetensors: its header is cut off/,
    /safetensors/,
  ],
  [
    'features that a network does not have',
    { model: '{ onnx: other.onnx, input: { range: [0, 1] }, features: nope }' },
    'TRANSFER_FEATURES',
    /there is no tensor "nope"/,
  ],
  [
    'pictures too small for a preset',
    { image: '{ size: 16 }', model: '{ preset: densenet121 }' },
    'PRESET_SIZE',
    /16x16 are too small for the preset densenet121/,
  ],
  [
    'layers that do not fit',
    { model: '{ layers: [{ layer: conv, filters: 4 }, { layer: dense, units: 3 }] }' },
    'LAYERS_SHAPE',
    /^layers\[1\] \(dense\): it takes features; what came in is 4 maps of 32x32/,
  ],
  [
    'layers that do not fit the pictures of their arm',
    {
      arms: '[{ name: gray, control: true }, { name: own, image: { size: 16 }, model: { layers: [{ layer: pool, size: 20 }, { layer: flatten }] } }]',
    },
    'LAYERS_SHAPE',
    /^In the arm "own": layers\[0\] \(pool\): a window of 20x20 does not fit; what came in is 1 map of 16x16/,
  ],
])(
  'refuses before training, with one message: %s',
  { timeout: patience },
  async (name, keys, code, message, remedy) => {
    const lines = Object.entries({ name: 'odd', ...usual, ...keys }).map(([key, value]) => `${key}: ${value}`);
    const events: string[] = [];
    const error: unknown = await runStudy(parseStudyFile(`${lines.join('\n')}\n`, tiny.path('study.yaml')), {
      studies: tiny.path(`studies-${name.replaceAll(/\W+/g, '-')}`),
      runner: inProcessRunner,
      onEvent: ({ kind }) => void events.push(kind),
    }).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: `CHROMARAY_${code}`, message: expect.stringMatching(message) });
    expect((error as { readonly remedy: string }).remedy).toMatch(remedy ?? /./);
    expect(events).not.toContain('trial-started');
  },
);
