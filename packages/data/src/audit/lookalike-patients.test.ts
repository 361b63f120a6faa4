import { memoryDataset, patientsOf } from '@chromaray/testing/dataset';
import { describe, expect, it } from 'vitest';
import { auditDataset } from './audit.js';

const rows = [...patientsOf(true, 20, 2), ...patientsOf(false, 20, 2)].map((row) => ({
  ...row,
  givenPart: 'train' as const,
}));
const found = (changes: readonly object[]) =>
  auditDataset(memoryDataset(rows.map((row, i) => ({ ...row, ...changes[i] }))), null).findings.find(
    ({ id }) => id === 'lookalike-patients',
  );

describe('patients whose identifiers look alike', () => {
  it('are no finding where all identifiers differ', () => {
    expect(found([])).toBeUndefined();
  });

  it('block where they are in different parts', () => {
    const finding = found([
      { patient: '7' },
      { patient: '7.0', givenPart: 'test' },
      { patient: '8' },
      { patient: '8' },
    ]);
    expect(finding).toMatchObject({
      severity: 'blocks',
      title: '1 patient in more than one part under identifiers that look alike',
      records: ['sick0-0.png', 'sick0-1.png'],
    });
  });

  it('are a warning where they are together, and never repeat an identifier', () => {
    const finding = found([{ patient: 'Jane-Doe' }, { patient: 'JANE DOE' }]);
    expect(finding).toMatchObject({ severity: 'warns', title: '1 patient under identifiers that look alike' });
    expect(JSON.stringify(finding).toLowerCase()).not.toContain('doe');
  });

  it('are found by what is kept of a DICOM file, under any issuer of the identifier', () => {
    const [a, b] = ['p-1', 'p-2'].map((patient) => ({ patient, patientLikeness: 'p-9' }));
    expect(found([a!, { ...b, givenPart: 'test' }])?.severity).toBe('blocks');
  });
});
