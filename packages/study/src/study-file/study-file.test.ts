import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { serializeStudyFile } from '@chromaray/contracts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parseStudyFile } from './parse.js';
import { readStudyFile } from './read.js';
import { studyTemplate } from './template.js';

const vocabulary = {
  presets: [{ name: 'gray-final' }, { name: 'small' }],
  maps: ['turbo', 'viridis', 'shuffled', 'smooth-random'],
  colorizers: [],
};
const minimal = `name: s
dataset: { path: data, positive: PNEUMONIA }
arms:
  - { name: gray, control: true, colour: none }
  - { name: turbo, colour: { map: turbo } }
model: { preset: gray-final }
`;
const parse = (text: string) => parseStudyFile(text, '/home/me/study.yaml', vocabulary);

function failure(text: string): { code: string; message: string; remedy: string; details: Record<string, unknown> } {
  try {
    parse(text);
  } catch (error) {
    return error as never;
  }
  throw new Error('the file was accepted');
}

describe('a study file', () => {
  it('needs few keys and fills in the rest', () => {
    const study = parse(minimal);
    expect(study).toMatchObject({
      dataset: { path: path.resolve('/home/me/data'), layout: 'kaggle', patient: 'auto', unreadableShare: 0.05 },
      split: { method: 'patient', fractions: { train: 0.7, validation: 0.1, test: 0.2 }, seed: 42 },
      image: { size: 128 },
      balance: { method: 'none' },
      training: { optimizer: 'adam', learningRate: 0.001, batch: 32, epochs: 22, select: 'best', backend: 'auto' },
      seeds: [1, 2, 3],
      endpoint: { metric: 'auroc', margin: 0.01, alpha: 0.05, correction: 'holm' },
    });
    expect(study.arms[1]).toEqual({ name: 'turbo', control: false, colour: { map: 'turbo' } });
    expect(study.training).not.toHaveProperty('patience');
    expect(study.split).not.toHaveProperty('steps');
  });

  it('fills in ranges and steps only where the method uses them', () => {
    const augment = parse(`${minimal}balance: { method: augment, perClass: 5600, augmentation: { rotation: 0 } }\n`);
    expect(augment.balance).toMatchObject({ perClass: 5600, augmentation: { rotation: 0, zoom: [0.9, 1.1] } });
    expect(parse(`${minimal}split: { method: sklearn }\n`).split.steps).toEqual({ validation: 0.1, train: 0.78 });
  });

  it.each([
    ['minimal', minimal],
    ['sklearn', `${minimal}split: { method: sklearn }\nbalance: { method: augment }\ntraining: { patience: 3 }\n`],
    ['template', studyTemplate({ name: 'x', preset: 'small' })],
    ['template for sklearn', studyTemplate({ split: 'sklearn' })],
    ['awkward template', studyTemplate({ dataset: { path: 'a: "b" #c', layout: 'folders', positive: 'yes' } })],
  ])('reads back what it serializes: %s', (_, text) => {
    const study = parse(text);
    expect(parseStudyFile(serializeStudyFile(study), '/elsewhere/study.yaml', vocabulary)).toEqual(study);
  });

  it('keeps what the template was told', () => {
    const study = parse(studyTemplate({ dataset: { path: 'a: "b" #c', layout: 'folders', positive: 'yes' } }));
    expect(study.dataset).toMatchObject({
      path: path.resolve('/home/me/a: "b" #c'),
      layout: 'folders',
      positive: 'yes',
    });
  });
});

describe('a wrong study file', () => {
  const swap = (from: string, to: string) => {
    expect(minimal).toContain(from);
    return minimal.replace(from, to);
  };
  it.each([
    ['UNKNOWN_KEY', `${minimal}trainning: {}\n`, 7, 'did you mean "training"?'],
    [
      'UNKNOWN_KEY',
      `${minimal}training:\n  epochs: 3\n  leerningRate: 1\n`,
      9,
      'in training; did you mean "learningRate"?',
    ],
    ['UNKNOWN_KEY', swap('{ map: turbo }', '{ mapp: turbo }'), 5, 'in arms[1].colour; did you mean "map"?'],
    ['UNKNOWN_KEY', swap('control: true', 'contrl: true'), 4, 'in arms[0]; did you mean "control"?'],
    ['REQUIRED', swap('model: { preset: gray-final }\n', ''), undefined, '"model" is missing'],
    ['REQUIRED', swap(', positive: PNEUMONIA', ''), 2, '"dataset.positive" is missing'],
    ['TYPE', `${minimal}training: { epochs: many }\n`, 7, '"training.epochs" is "many"; expected a number'],
    ['TYPE', `${minimal}training: { epochs: 2.5 }\n`, 7, 'expected a whole number'],
    ['TYPE', `${minimal}seeds: 4\n`, 7, 'expected a list'],
    ['TYPE', swap('{ map: turbo }', '7'), 5, 'expected "none" or "repeat" or "smooth-random" or a mapping with "map"'],
    ['TYPE', swap('{ map: turbo }', '{ map: 7 }'), 5, '"arms[1].colour.map" is 7; expected a text'],
    ['VALUE', swap('colour: none', 'colour: nonee'), 4, 'did you mean "none"?'],
    ['VALUE', `${minimal}split: { method: patients }\n`, 7, 'did you mean "patient"?'],
    ['VALUE', `${minimal}training: { learningRate: 0 }\n`, 7, 'expected more than 0'],
    ['VALUE', `${minimal}image: { size: 100000 }\n`, 7, 'expected at most 1024'],
    [
      'VALUE',
      `${minimal}balance: { method: augment, augmentation: { zoom: [1.2, 0.8] } }\n`,
      7,
      'runs from 1.2 down to',
    ],
    ['CONTROL', swap('name: turbo,', 'name: turbo, control: true,'), 5, '"gray" and "turbo" are both'],
    ['CONTROL', swap(', control: true', ''), 3, 'no arm is the control'],
    ['ARMS', swap('  - { name: turbo, colour: { map: turbo } }\n', ''), 3, 'only one arm'],
    ['DUPLICATE', swap('name: turbo', 'name: Gray'), 5, 'arms[0] and arms[1]'],
    ['DUPLICATE', `${minimal}seeds: [1, 2, 1]\n`, 7, 'the seed 1 is given twice'],
    ['SEEDS', `${minimal}seeds: []\n`, 7, 'no seed'],
    ['NAME', swap('name: turbo', 'name: ../turbo'), 5, '"../turbo"'],
    ['NAME', swap('name: s', 'name: a b'), 1, '"a b"'],
    ['SPLIT', `${minimal}split: { method: provided, repeats: 5 }\n`, 7, 'has no meaning for the method "provided"'],
    ['SPLIT', `${minimal}split: { method: provided, folds: 5 }\n`, 7, 'has no meaning for the method "provided"'],
    ['SPLIT', `${minimal}split: { folds: 5, repeats: 3 }\n`, 7, 'asks for several random splits'],
    ['SPLIT', `${minimal}split: { folds: 5, by: site }\n`, 7, 'for a fold for each site'],
    [
      'SPLIT',
      `${minimal}split: { folds: 5 }\ntune: { space: { training: { learningRate: { log: [0.001, 0.01] } } } }\n`,
      7,
      'are tested on in another',
    ],
    ['VALUE', `${minimal}split: { folds: 1 }\n`, 7, 'expected at least 2'],
    ['VALUE', `${minimal}split: { by: hospital }\n`, 7, 'split.by'],
    ['VALUE', `${minimal}split: { repeats: 0 }\n`, 7, 'split.repeats'],
    ['FRACTIONS', `${minimal}split: { fractions: { train: 0.7, validation: 0.1, test: 0.1 } }\n`, 7, 'sum to 0.9'],
    ['SPLIT', `${minimal}split: { method: provided, steps: { validation: 0.1, train: 0.7 } }\n`, 7, 'split.steps'],
    ['ENDPOINT', `${minimal}endpoint: { metric: sensitivity }\n`, 7, 'the metric "sensitivity" needs "endpoint.at"'],
    ['ENDPOINT', `${minimal}endpoint: { metric: auprc, at: 0.9 }\n`, 7, 'no meaning for the metric "auprc"'],
    ['ENDPOINT', `${minimal}endpoint: { metric: partial-auroc }\n`, 7, 'needs "endpoint.range"'],
    ['ENDPOINT', `${minimal}endpoint: { range: [0, 0.2] }\n`, 7, 'no meaning for the metric "auroc"'],
    ['ENDPOINT', `${minimal}endpoint: { metric: partial-auroc, range: [0.3, 0.2] }\n`, 7, 'runs from 0.3 to 0.2'],
    ['VALUE', `${minimal}endpoint: { metric: sensitivity, at: 90 }\n`, 7, 'expected at most 0.999'],
    ['VALUE', `${minimal}endpoint: { metric: auprcc }\n`, 7, 'did you mean "auprc"?'],
    ['PATIENCE', `${minimal}training: { epochs: 5, patience: 5 }\n`, 7, 'can never stop'],
    ['MOMENTUM', `${minimal}training: { momentum: 0.9 }\n`, 7, '"adam"'],
    ['PROVIDER', `${minimal}training: { provider: cuda, backend: onednn }\n`, 7, 'computes on the CPU'],
    ['PROVIDER', `${minimal}training: { provider: webgpu, precision: bfloat16 }\n`, 7, 'computes in float32'],
    ['PROVIDER', `${minimal}training: { provider: webgpu, device: 1 }\n`, 7, 'training.device'],
    ['BALANCE', `${minimal}balance: { method: weights, perClass: 5 }\n`, 7, 'balance.perClass'],
    ['COLOUR', swap('{ map: turbo }', '{ map: turbo, seed: 3 }'), 5, 'only for the map "shuffled" or "smooth-random"'],
    [
      'COLOUR',
      swap('{ map: turbo }', '{ map: smooth-random, of: jet }'),
      5,
      '"of" has a meaning only for the map "shuffled"',
    ],
    ['COLOUR', swap('{ map: turbo }', '{ map: shuffled, colourfulness: 9 }'), 5, 'only for the map "smooth-random"'],
    ['COLOUR', swap('{ map: turbo }', '{ colorizer: deoldify, seed: 3 }'), 5, 'such as "deoldify-untrained"'],
    ['VALUE', swap('{ map: turbo }', '{ map: smooth-random, colourfulness: 0 }'), 5, 'more than 0'],
    ['VALUE', swap('{ map: turbo }', 'smooth-randum'), 5, 'did you mean "smooth-random"?'],
    ['MAP', swap('{ map: turbo }', '{ map: shuffled, of: smooth-random }'), 5, 'no colour map to shuffle called'],
    ['PRESET', swap('gray-final', 'gray-finale'), 6, 'did you mean "gray-final"?'],
    ['MAP', swap('map: turbo', 'map: turbot'), 5, 'did you mean "turbo"?'],
    ['COLORIZER', swap('{ map: turbo }', '{ colorizer: deoldify }'), 5, 'no colorizer "deoldify"'],
    ['EMPTY', '', undefined, 'empty'],
    ['EMPTY', '# nothing\n', undefined, 'empty'],
    ['YAML', 'name: [unclosed\n', undefined, 'not valid YAML'],
    ['YAML', `${minimal}name: again\n`, 7, 'not valid YAML'],
    ['YAML', '- a\n- b\n', undefined, 'a list or a single value'],
  ])('%s %#', (code, text, line, message) => {
    const error = failure(text);
    expect(error.code).toBe(`CHROMARAY_STUDY_FILE_${code}`);
    expect(error.message).toContain(message);
    expect(error.message).toMatch(line === undefined ? /^/ : new RegExp(`^/home/me/study.yaml, line ${line}[:,]`));
    expect(error.remedy.length).toBeGreaterThan(10);
  });

  it('lists every problem for machines and leads with the one that explains the others', () => {
    const error = failure(`${minimal.replace('preset', 'presett')}seeds: x\n`);
    expect(error.code).toBe('CHROMARAY_STUDY_FILE_UNKNOWN_KEY');
    expect(error.message).toContain('did you mean "preset"?');
    expect(error.details.problems).toHaveLength(2);
  });
});

describe('readStudyFile', () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(path.join(os.tmpdir(), 'chromaray-file-'));
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  const write = (name: string, content: string | Uint8Array) => {
    const file = path.join(folder, name);
    writeFileSync(file, content);
    return file;
  };

  it('takes paths from the folder of the file', () => {
    expect(readStudyFile(write('s.yaml', minimal)).dataset.path).toBe(path.join(folder, 'data'));
  });

  it('names a file that is missing, a folder, binary or far too long', () => {
    const code = (what: string) => expect.objectContaining({ code: `CHROMARAY_STUDY_FILE_${what}` });
    expect(() => readStudyFile(path.join(folder, 'none.yaml'))).toThrowError(code('MISSING'));
    expect(() => readStudyFile(folder)).toThrowError(code('UNREADABLE'));
    expect(() => readStudyFile(write('b.yaml', Uint8Array.of(0xff, 0xd8, 0xff)))).toThrowError(code('UNREADABLE'));
    expect(() => readStudyFile(write('l.yaml', 'a'.repeat(1_000_001)))).toThrowError(code('UNREADABLE'));
  });

  it.skipIf(process.getuid?.() === 0)('names a file without read permission', () => {
    const file = write('p.yaml', minimal);
    chmodSync(file, 0);
    expect(() => readStudyFile(file)).toThrowError(
      expect.objectContaining({ code: 'CHROMARAY_STUDY_FILE_UNREADABLE' }),
    );
  });
});
