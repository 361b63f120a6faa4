import { readFileSync } from 'node:fs';
import type { Dataset, DatasetRecord, Part } from '@chromaray/contracts';
import { memoryDataset, patientsOf } from '@chromaray/testing/dataset';
import { describe, expect, it } from 'vitest';
import { makeSplit } from '../split/make-split.js';
import { auditDataset } from './audit.js';
import { checks } from './checks/index.js';
import { gate } from './gate.js';

const section = { fractions: { train: 0.6, validation: 0.2, test: 0.2 }, seed: 42 };
const clean = [...patientsOf(true, 500, 2), ...patientsOf(false, 500, 2)];
type Row = Parameters<typeof memoryDataset>[0][number];

/** The clean set with some rows changed, and its parts dealt out by patient unless a row says otherwise. */
function given(
  changes: readonly (Partial<DatasetRecord> & { id: string })[],
  overrides: Partial<Dataset> = {},
): Dataset {
  const deal: readonly Part[] = ['train', 'train', 'validation', 'test', 'test'];
  const rows = clean.map((row): Row => {
    const patient = Number(/\d+/.exec(row.patient)![0]);
    return { ...row, givenPart: deal[patient % 5]!, ...changes.find(({ id }) => id === row.id) };
  });
  return memoryDataset(rows, overrides);
}
const findings = (dataset: Dataset) =>
  auditDataset(dataset, null).findings.map(({ id, severity }) => `${severity} ${id}`);
const only = (dataset: Dataset, id: string) =>
  auditDataset(dataset, null).findings.find((finding) => finding.id === id);

describe('the audit', () => {
  it('finds nothing in a clean data set', () => {
    expect(findings(given([]))).toEqual([]);
    expect(auditDataset(given([]), null)).toMatchObject({ counts: { records: 2000, patients: 1000, blocks: 0 } });
  });

  it('blocks a patient in two parts and names the records', () => {
    const dataset = given([{ id: 'sick0-1.png', givenPart: 'test' }]);
    expect(findings(dataset)).toEqual(['blocks patient-across-parts']);
    expect(only(dataset, 'patient-across-parts')).toMatchObject({
      records: ['sick0-0.png', 'sick0-1.png'],
      evidence: [{ patient: 'sick0', records: [{ part: 'train' }, { part: 'test' }] }],
    });
  });

  it('separates copies across parts, labels and patients from copies within them', () => {
    const copy = (id: string, of: string) => {
      const { pixelHash, sha256 } = given([]).records.find((record) => record.id === of)!;
      return given([{ id, pixelHash, sha256 }]);
    };
    expect(findings(copy('sick0-0.png', 'sick0-1.png'))).toEqual(['notes duplicate-pictures']);
    expect(findings(copy('sick0-0.png', 'sick1-1.png'))).toEqual([
      'notes duplicate-two-patients',
      'notes duplicate-pictures',
    ]);
    expect(findings(copy('sick0-0.png', 'sick3-0.png'))).toContain('blocks duplicate-across-parts');
    expect(findings(copy('sick0-0.png', 'well0-0.png'))).toContain('blocks duplicate-two-labels');
    expect(only(copy('sick0-0.png', 'sick3-0.png'), 'duplicate-across-parts')).toMatchObject({
      records: ['sick0-0.png', 'sick3-0.png'],
      evidence: [{ sameFile: true }],
    });
  });

  it('warns when copies are too many for an accident', () => {
    const copies = clean.slice(0, 150).map(({ id, patient }) => ({ id, pixelHash: patient }));
    expect(findings(given(copies))).toContain('notes duplicate-pictures');
    const more = clean.slice(0, 400).map(({ id, patient }) => ({ id, pixelHash: patient }));
    expect(findings(given(more))).toContain('warns duplicate-pictures');
  });

  it('warns of unknown patients and unreadable files', () => {
    const unreadable = [{ id: 'x.png', file: '/x', code: 'CHROMARAY_IMAGE_EMPTY', reason: 'Empty.' }];
    expect(findings(given([], { patientRule: null, unreadable }))).toEqual([
      'warns patients-unknown',
      'warns unreadable-files',
    ]);
  });

  it('warns of colour that goes with a class, and notes colour that does not', () => {
    const tint = (rows: readonly { id: string }[]) => given(rows.map(({ id }) => ({ id, colour: true })));
    expect(findings(tint(clean.slice(0, 200)))).toEqual(['warns colour-among-gray']);
    expect(findings(tint([...clean.slice(0, 200), ...clean.slice(1000, 1200)]))).toEqual(['notes colour-among-gray']);
    expect(findings(tint(clean))).toEqual([]);
  });

  it('notes strips, warns of tiny images, and lists what was left out', () => {
    const dataset = given(
      [
        { id: 'sick0-0.png', width: 8, height: 8 },
        { id: 'sick1-0.png', width: 400, height: 100 },
      ],
      { ignored: ['readme.txt'], classes: ['COVID', 'NORMAL', 'PNEUMONIA'] },
    );
    expect(findings(dataset)).toEqual([
      'warns tiny-images',
      'notes classes-merged',
      'notes extreme-aspect',
      'notes files-ignored',
    ]);
  });

  it('finds parts that are too small by the intervals they would give, and parts without a class', () => {
    const rows = [...patientsOf(true, 60, 1), ...patientsOf(false, 20, 1)];
    const dataset = memoryDataset(rows);
    const audit = auditDataset(dataset, makeSplit(dataset, { ...section, method: 'patient' }));
    expect(audit.findings.map(({ id, severity }) => `${severity} ${id}`)).toEqual([
      'warns test-too-small',
      'warns validation-too-small',
      'notes class-imbalance',
    ]);
    const test = audit.findings.find(({ id }) => id === 'test-too-small')!;
    // Wilson's interval for 14.4 of 16, by statsmodels 0.15.0: proportion_confint(14.4, 16, method='wilson').
    expect((test.evidence as { accuracyWidth: number }).accuracyWidth).toBeCloseTo(0.3060857440784017, 9);
    const lacking = given(
      clean.filter(({ positive }) => positive).map(({ id }) => ({ id, givenPart: 'train' as const })),
    );
    expect(findings(lacking)).toContain('blocks part-lacks-class');
  });

  it('finds what a shuffle of records leaks, and what a split by patient mends', () => {
    const dataset = given([{ id: 'sick0-1.png', givenPart: 'test' }]);
    const ids = (method: 'patient' | 'sklearn') =>
      auditDataset(dataset, makeSplit(dataset, { ...section, method })).findings.map(({ id }) => id);
    expect(ids('sklearn')).toContain('patient-across-parts');
    expect(ids('patient')).toEqual(['given-parts-leak']);
  });

  it('makes only findings that its checks declare', () => {
    const declared = checks.flatMap((check) => check.findings);
    expect(new Set(declared).size).toBe(declared.length);
    const table = readFileSync(new URL('../../../../docs/data.md', import.meta.url), 'utf8');
    for (const id of declared) expect(table).toContain(`\`${id}\``);
  });
});

describe('the gate', () => {
  const audit = auditDataset(given([{ id: 'sick0-1.png', givenPart: 'test' }]), null);

  it('stops at what blocks and says which, why and what to do', () => {
    expect(() => gate(audit)).toThrowError(
      expect.objectContaining({
        code: 'CHROMARAY_AUDIT_BLOCKED',
        message: expect.stringContaining(
          '1 patient in more than one part (patient-across-parts: sick0-0.png and sick0-1.png)',
        ),
        remedy: expect.stringContaining('--accept-risk patient-across-parts'),
        details: { findings: [expect.objectContaining({ records: ['sick0-0.png', 'sick0-1.png'] })] },
      }),
    );
    expect(() => gate(audit, ['duplicate-across-parts'])).toThrowError(/patient-across-parts/);
  });

  it('lets accepted risks pass and returns them', () => {
    expect(gate(audit, ['patient-across-parts']).map(({ id }) => id)).toEqual(['patient-across-parts']);
    expect(gate(auditDataset(given([]), null), ['patient-across-parts'])).toEqual([]);
  });

  it('does not accept what it does not know', () => {
    expect(() => gate(audit, ['patients-across-parts'])).toThrowError(/did you mean "patient-across-parts"/);
  });
});
