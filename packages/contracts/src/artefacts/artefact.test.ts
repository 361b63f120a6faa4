import { describe, expect, it } from 'vitest';
import type { ExternalEvaluation } from '../evaluation.js';
import { artefactFormat, decodeArtefact, encodeArtefact } from './artefact.js';

const evaluation: ExternalEvaluation = {
  study: 's',
  dataset: {
    ...{ name: 'd', hash: 'h', positive: 'P', negative: 'N' },
    counts: { records: 2, patients: null, positives: 1, negatives: 1 },
  },
  timesEvaluated: 1,
  evaluationsInAll: 1,
  arms: [],
  comparisons: [],
  unfinishedTrials: 0,
  notes: [],
  file: 'external/d.json',
};
const decode = (text: string) => decodeArtefact('evaluation', text, 'external/d.json');
const withField = (fields: object): string => JSON.stringify({ format: 1, ...evaluation, ...fields });
const error = (code: string, message: string) =>
  expect.objectContaining({ code, message: expect.stringContaining(message), remedy: expect.stringMatching(/\S/) });

describe('an artefact', () => {
  it('is written with its format first and read as it was', () => {
    const text = encodeArtefact('evaluation', evaluation);
    expect(text).toMatch(new RegExp(`^{\n {2}"format": ${artefactFormat('evaluation')},\n`));
    expect(decode(text)).toEqual(evaluation);
  });

  it('without a format is of the version before', () => {
    expect(decode(JSON.stringify(evaluation))).toEqual(evaluation);
  });

  it('keeps fields that a later version added', () => {
    expect(decode(withField({ added: [1] }))).toMatchObject({ added: [1] });
  });

  it('of a newer format is refused, even with valid content, and the error says what to do', () => {
    const newer = error(
      'CHROMARAY_STUDY_FOLDER_NEWER',
      'external/d.json has format 2; this version of Chromaray reads',
    );
    expect(() => decode('{ "format": 2 }')).toThrowError(newer);
  });

  it.each([
    ['text that breaks off', '{ "study": ', 'JSON'],
    ['a list', '[]', 'an object'],
    ['null', 'null', 'an object'],
    ['a format that is no number', '{ "format": "1" }', '"format" is "1"'],
    ['a negative format', '{ "format": -1 }', '"format" is -1'],
    ['a missing field', withField({ notes: undefined }), 'at "notes"'],
    ['a field of another type', withField({ timesEvaluated: 'once' }), 'at "timesEvaluated"'],
    [
      'a fault further in',
      withField({ dataset: { ...evaluation.dataset, counts: {} } }),
      'at "dataset.counts.records"',
    ],
    [
      'another artefact',
      encodeArtefact('behaviour', { positive: 'P', level: 0.95, arms: [], agreement: [] }),
      'at "study"',
    ],
  ])('%s is refused as damaged, with the place', (_what, text, place) => {
    expect(() => decode(text)).toThrowError(error('CHROMARAY_STUDY_FOLDER_DAMAGED', place));
  });
});
