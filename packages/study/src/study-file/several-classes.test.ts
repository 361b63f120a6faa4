import { serializeStudyFile, studyClasses } from '@chromaray/contracts';
import { describe, expect, it } from 'vitest';
import { parseStudyFile } from './parse.js';

const study = (dataset: string, rest = '') => `name: s
dataset: { path: data, ${dataset} }
arms:
  - { name: gray, control: true, colour: none }
  - { name: turbo, colour: { map: turbo } }
model: { preset: small }
${rest}`;
const three = 'classes: [NORMAL, BACTERIA, VIRUS]';
const parse = (text: string) => parseStudyFile(text, '/home/me/study.yaml', {});
const refusal = (text: string): unknown => {
  try {
    return parse(text);
  } catch (error) {
    return error;
  }
};

describe('a study file of several classes', () => {
  it('names them without a positive one, the reference first', () => {
    const file = parse(study(three));
    expect(studyClasses(file.dataset)).toEqual(['NORMAL', 'BACTERIA', 'VIRUS']);
    expect(file.endpoint.metric).toBe('macro-auroc');
    expect(file.training.loss).toBe('categorical-cross-entropy');
  });

  it('is of two classes where it names a positive one, also with names for numbers', () => {
    const file = parse(study('layout: npz, classes: [a, b, c], positive: b'));
    expect(studyClasses(file.dataset)).toBeNull();
    expect(file.endpoint.metric).toBe('auroc');
    expect(file.training.loss).toBe('binary-cross-entropy');
  });

  it.each([
    ['all defaults', study(three)],
    ['a rule and one class against the rest', study(`${three}, classRule: kermany`, 'endpoint: { class: VIRUS }')],
    ['a pattern and M', study(`${three}, classRule: { pattern: "_(x|y)_" }`, 'endpoint: { metric: hand-till }')],
  ])('reads back what it serializes: %s', (_, text) => {
    const file = parse(text);
    expect(parseStudyFile(serializeStudyFile(file), '/elsewhere/study.yaml', {})).toEqual(file);
  });

  it('takes a class alone for its AUROC against the rest', () => {
    expect(parse(study(three, 'endpoint: { class: VIRUS }')).endpoint).toMatchObject({
      metric: 'auroc',
      class: 'VIRUS',
    });
  });

  it.each([
    ['neither key', study('layout: folders'), 'REQUIRED', /"dataset.positive" is missing, and so are classes/],
    ['two classes', study('classes: [NORMAL, VIRUS]'), 'DATASET', /there are 2 classes, and none of them/],
    ['a name in another case', study('classes: [NORMAL, VIRUS, Virus]'), 'DATASET', /"VIRUS" and "Virus"/],
    ['a name with a hyphen', study('classes: [a, no-find, NO FIND]'), 'DATASET', /"no-find" and "NO FIND"/],
    ['a rule beside a positive class', study('positive: V, classRule: kermany'), 'DATASET', /classRule/],
    [
      'a class that is not named',
      study(three, 'endpoint: { class: FUNGUS }'),
      'VALUE',
      /there are NORMAL, BACTERIA, VIRUS/,
    ],
    ['no class against the rest', study(three, 'endpoint: { metric: auroc }'), 'VALUE', /needs the class that is set/],
    [
      'a class for all',
      study(three, 'endpoint: { metric: hand-till, class: VIRUS }'),
      'VALUE',
      /which is of all classes/,
    ],
    ['a macro AUROC of two', study('positive: V', 'endpoint: { metric: macro-auroc }'), 'VALUE', /the study has two/],
    ['a class of two', study('positive: V', 'endpoint: { class: V }'), 'VALUE', /no meaning with two classes/],
    ['the loss of two', study(three, 'training: { loss: binary-cross-entropy }'), 'VALUE', /is for two classes/],
    [
      'the loss of several',
      study('positive: V', 'training: { loss: categorical-cross-entropy }'),
      'VALUE',
      /three classes/,
    ],
    ['folds', study(three, 'split: { folds: 5 }'), 'SPLIT', /is for studies of two classes/],
    ['turned labels', study(three, 'labels: { flip: 0.1 }'), 'VALUE', /studies of two classes only/],
  ])('refuses %s', (_, text, code, message) => {
    expect(refusal(text)).toMatchObject({
      code: `CHROMARAY_STUDY_FILE_${code}`,
      message: expect.stringMatching(message),
    });
  });
});
