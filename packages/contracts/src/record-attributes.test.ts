import { describe, expect, it } from 'vitest';
import { ageBands, parseAgeBand, parseSex, parseView, recordAttributes } from './record-attributes.js';

describe('parseAgeBand', () => {
  it.each([
    ['0', 'under 1'],
    ['011M', 'under 1'],
    ['012M', '1-4'],
    ['363D', 'under 1'],
    ['053W', '1-4'],
    ['4.9', '1-4'],
    ['5', '5-17'],
    ['017Y', '5-17'],
    ['018Y', '18-39'],
    ['40', '40-59'],
    ['60', '60-79'],
    ['80', '80 and over'],
    ['090Y', '80 and over'],
  ])('puts %s into the band %s', (text, band) => {
    expect(parseAgeBand(text)).toBe(band);
  });

  it.each(['', '414', '148Y', '-3', 'adult', '5X', '1e2'])('takes %j for no age', (text) => {
    expect(parseAgeBand(text)).toBeUndefined();
  });

  it('knows every band', () => {
    const found = ['0.5', '2', '10', '30', '50', '70', '90'].map((age) => parseAgeBand(age));
    expect(found).toEqual(ageBands);
  });
});

describe('parseSex and parseView', () => {
  it('read codes and words, and nothing else', () => {
    expect(['F', 'm', 'Male', 'O', 'Unknown', ''].map(parseSex)).toEqual([
      'female',
      'male',
      'male',
      'other',
      undefined,
      undefined,
    ]);
    expect(['pa', ' AP ', 'Müller, Anna', ''].map(parseView)).toEqual(['PA', 'AP', undefined, undefined]);
    expect(recordAttributes({ sex: 'x', age: '', view: 'LL' })).toEqual({ viewPosition: 'LL' });
  });
});
