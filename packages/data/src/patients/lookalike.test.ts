import { describe, expect, it } from 'vitest';
import { columnRule } from './column.js';
import { commonForm } from './lookalike.js';
import { isMissingLabel, isPlaceholder } from './missing.js';

describe('commonForm', () => {
  it.each([
    ['7', '7.0'],
    ['7', '007'],
    ['7', ' 7 '],
    ['p1', 'P1'],
    ['p1', 'p01'],
    ['p1', 'p-1'],
    ['p1', 'ｐ１'],
    ['p1', 'р1'],
    ['Case 12', 'case_12'],
    ['ab\u200b3', 'AB3'],
    ['1-2', '1_2'],
    ['7', '+7'],
    ['7', "'007"],
    ['p1', '"P1"'],
    ['1000', '1E+03'],
    ['123457000000', '1.23457e11'],
    ['123457000000', '1,23457E+11'],
  ])('is one for %j and %j', (a, b) => {
    expect(commonForm(a)).toBe(commonForm(b));
  });

  it.each([
    ['7', '70'],
    ['p1', 'p11'],
    ['1-11', '11-1'],
    ['1-2', '12'],
    ['person1_bacteria', 'person1_virus'],
    ['IM-0115', 'NORMAL2-IM-0115'],
    ['7.0', '7.5'],
    ['1e3', '1e4'],
    ['a1e3', 'a1000'],
    ['1e80', '1e81'],
    ['1e500', '1e600'],
  ])('differs for %j and %j', (a, b) => {
    expect(commonForm(a)).not.toBe(commonForm(b));
  });
});

describe('placeholders', () => {
  it.each(['nan', 'NaN', 'None', 'unknown', 'N/A', '', '  ', '-', '?', 'null', 'anonymous'])(
    '%j names nobody',
    (text) => {
      expect(isPlaceholder(text)).toBe(true);
      expect(columnRule('patient').identify({ id: 'a.png', patientColumn: text })).toBeNull();
    },
  );

  it.each(['nancy', '0', 'none1', 'p-', 'unknown3'])('%j may be a patient', (text) => {
    expect(isPlaceholder(text)).toBe(false);
  });

  it('tells a label that is missing from one that says none', () => {
    for (const label of ['nan', 'NA', '', '?', 'Unknown', 'unlabeled', 'uncertain'])
      expect(isMissingLabel(label)).toBe(true);
    for (const label of ['none', 'normal', 'No finding', 'unremarkable']) expect(isMissingLabel(label)).toBe(false);
  });
});
