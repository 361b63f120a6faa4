import { describe, expect, it } from 'vitest';
import { choosePatientRule } from './choose.js';
import { kermany, kermanyNumber } from './kermany.js';
import { patternRule } from './pattern.js';

const named = (id: string, patientColumn: string | null = null) => ({ id, patientColumn });

describe('the Kermany rule', () => {
  it.each([
    ['train/PNEUMONIA/person23_bacteria_92.jpeg', 'person23_bacteria', 'bacteria', 'person23'],
    ['test/PNEUMONIA/person1_virus_6.jpeg', 'person1_virus', 'virus', 'person1'],
    ['train/PNEUMONIA/person74_virus_139_1.jpeg', 'person74_virus', 'virus', 'person74'],
    ['train/NORMAL/IM-0115-0001.jpeg', 'IM-0115', null, 'IM-0115'],
    ['train/NORMAL/IM-0011-0001-0002.jpeg', 'IM-0011', null, 'IM-0011'],
    ['val/NORMAL/NORMAL2-IM-0206-0001.jpeg', 'NORMAL2-IM-0206', null, 'IM-0206'],
  ])('reads %s', (id, patient, subtype, byNumber) => {
    expect(kermany.identify(named(id))).toEqual({ patient, subtype });
    expect(kermanyNumber.identify(named(id))).toEqual({ patient: byNumber, subtype });
  });

  it.each(['person_bacteria_1.png', 'person1_fungus_1.png', 'IM-0115.png', 'xIM-0115-0001.png', 'scan.png'])(
    'does not guess at %s',
    (id) => expect(kermany.identify(named(id))).toBeNull(),
  );
});

describe('a pattern', () => {
  it('takes the named group before the first', () => {
    const rule = patternRule('(\\d+)/(?<patient>p\\d+)_(?<subtype>\\w+)');
    expect(rule.identify(named('1/p7_virus.png'))).toEqual({ patient: 'p7', subtype: 'virus' });
    expect(patternRule('p(\\d+)').identify(named('p12.png'))).toEqual({ patient: '12', subtype: null });
  });

  it.each(['(', 'p\\d+'])('that cannot identify a patient is refused: %s', (pattern) => {
    expect(() => patternRule(pattern)).toThrowError(expect.objectContaining({ code: 'CHROMARAY_PATIENTS_PATTERN' }));
  });
});

describe('choosePatientRule', () => {
  const kermanyNames = [named('IM-0001-0001.jpeg'), named('person1_virus_1.jpeg')];

  it('finds the rule by itself when names or a column identify patients', () => {
    expect(choosePatientRule('auto', kermanyNames, null)).toBe(kermany);
    expect(choosePatientRule('auto', [named('a', 'p1')], 'patient_id')?.name).toBe('column');
    expect(choosePatientRule('auto', [named('a.png')], null)).toBeNull();
  });

  it('names the records that the rule does not match, even one among many', () => {
    expect(() => choosePatientRule('auto', [...kermanyNames, named('odd.jpeg')], null)).toThrowError(
      expect.objectContaining({
        code: 'CHROMARAY_PATIENTS_UNMATCHED',
        details: { rule: 'kermany', records: ['odd.jpeg'] },
      }),
    );
    expect(() => choosePatientRule('column', [named('a', 'p1'), named('b')], 'patient')).toThrowError(/b\./);
  });

  it('takes patients as unknown only when asked to', () => {
    expect(choosePatientRule('none', kermanyNames, null)).toBeNull();
    expect(() => choosePatientRule('column', kermanyNames, null)).toThrowError(
      expect.objectContaining({ code: 'CHROMARAY_PATIENTS_COLUMN' }),
    );
  });
});
