import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { PhantomReport } from './report.js';
import { writePhantomDataset } from './write.js';

const directory = mkdtempSync(path.join(tmpdir(), 'chromaray-faults-'));
const ten = { NORMAL: 10, PNEUMONIA: 10 };
const three = { NORMAL: 3, PNEUMONIA: 3 };
let report: PhantomReport;

const bytes = (file: string) => readFileSync(path.join(directory, file));
const recordOf = (file: string) => report.records.find((record) => record.file === file)!;

beforeAll(async () => {
  report = await writePhantomDataset(directory, {
    size: 32,
    patients: { train: ten, val: three, test: three },
    imagesPerPatient: [2, 3],
    faults: {
      duplicatesAcrossParts: 3,
      reencodedDuplicatesAcrossParts: 2,
      patientsAcrossParts: 4,
      mislabelledDuplicates: 2,
      augmentationCopies: { sources: 2, copies: 6, acrossParts: true },
      unreadableFiles: 4,
      shortcut: { kind: 'marker', label: 'PNEUMONIA', share: 0.7 },
    },
  });
});
afterAll(() => rmSync(directory, { recursive: true, force: true }));

describe('planted faults', () => {
  it('are as many as asked for', () => {
    const { planted } = report;
    expect(planted.duplicatesAcrossParts).toHaveLength(3);
    expect(planted.reencodedDuplicatesAcrossParts).toHaveLength(2);
    expect(planted.patientsAcrossParts).toHaveLength(4);
    expect(planted.mislabelledDuplicates).toHaveLength(2);
    expect(planted.augmentationCopies.map(({ copies }) => copies.length)).toEqual([6, 6]);
    expect(planted.unreadableFiles.map(({ why }) => why)).toEqual(['empty', 'text', 'truncated', 'empty']);
  });

  it('copy files across parts byte for byte under the name of another patient', () => {
    for (const { original, copy } of report.planted.duplicatesAcrossParts) {
      expect(bytes(copy).equals(bytes(original))).toBe(true);
      expect([recordOf(original).part, recordOf(copy).part]).toEqual(['train', 'test']);
      expect(recordOf(copy).label).toBe(recordOf(original).label);
      expect(recordOf(copy).patient).not.toBe(recordOf(original).patient);
    }
  });

  it('save copies anew in other bytes', () => {
    for (const { original, copy } of report.planted.reencodedDuplicatesAcrossParts) {
      expect(bytes(copy).equals(bytes(original))).toBe(false);
      expect(recordOf(copy).part).toBe('test');
    }
  });

  it('put one file into both classes of train', () => {
    for (const { original, copy } of report.planted.mislabelledDuplicates) {
      expect(bytes(copy).equals(bytes(original))).toBe(true);
      expect(recordOf(copy).part).toBe('train');
      expect(recordOf(copy).label).not.toBe(recordOf(original).label);
    }
  });

  it('spread copies posing as augmentation over the parts, all of the patient of the original', () => {
    for (const { original, copies } of report.planted.augmentationCopies) {
      for (const copy of copies) expect(bytes(copy).equals(bytes(original))).toBe(true);
      expect(new Set(copies.map((copy) => recordOf(copy).part))).toEqual(new Set(['train', 'val', 'test']));
      expect(new Set(copies.map((copy) => recordOf(copy).patient))).toEqual(new Set([recordOf(original).patient]));
    }
  });

  it('are all the duplicates and all the patients across parts there are', () => {
    const { planted } = report;
    const byContent = new Map<string, string[]>();
    const partsOf = new Map<string, Set<string>>();
    for (const { file, patient, part } of report.records) {
      const content = bytes(file).toString('base64');
      byContent.set(content, [...(byContent.get(content) ?? []), file]);
      partsOf.set(patient, (partsOf.get(patient) ?? new Set()).add(part));
    }
    const found = [...byContent.values()].filter((files) => files.length > 1).map((files) => files.sort().join());
    const expected = [
      ...[...planted.duplicatesAcrossParts, ...planted.mislabelledDuplicates].map((pair) => [pair.original, pair.copy]),
      ...planted.augmentationCopies.map(({ original, copies }) => [original, ...copies]),
    ].map((files) => files.sort().join());
    expect(found.sort()).toEqual(expected.sort());

    const across = [...partsOf].filter(([, parts]) => parts.size > 1).map(([patient]) => patient);
    const named = [
      ...planted.patientsAcrossParts.map(({ patient }) => patient),
      ...planted.augmentationCopies.map(({ original }) => recordOf(original).patient),
    ];
    expect(across.sort()).toEqual([...new Set(named)].sort());
  });

  it('show a patient across parts in a picture of its own', () => {
    for (const { patient, files } of report.planted.patientsAcrossParts) {
      expect(new Set(files.map((file) => recordOf(file).part))).toEqual(new Set(['train', 'test']));
      expect(new Set(files.map((file) => recordOf(file).patient))).toEqual(new Set([patient]));
      expect(new Set(files.map((file) => bytes(file).toString('base64'))).size).toBe(files.length);
    }
  });

  it('leave files that are empty, text or cut off, and count none of them as a record', () => {
    for (const { file, why } of report.planted.unreadableFiles) {
      expect(recordOf(file)).toBeUndefined();
      const content = bytes(file);
      if (why === 'empty') expect(content.length).toBe(0);
      else expect(content.subarray(0, 2).toString('hex') === 'ffd8').toBe(why === 'truncated');
    }
  });
});

describe('a planted shortcut', () => {
  it('marks about its share of the images of one class, in every part', () => {
    const { shortcut } = report.planted;
    const ill = report.records.filter(({ label }) => label === 'PNEUMONIA').length;
    expect(shortcut!.files.length / ill).toBeGreaterThan(0.45);
    expect(shortcut!.files.length / ill).toBeLessThan(0.9);
    expect(new Set(shortcut!.files.map((file) => recordOf(file).part)).size).toBe(3);
  });

  it('changes the marked images and no others', async () => {
    const clean = mkdtempSync(path.join(tmpdir(), 'chromaray-clean-'));
    const bordered = mkdtempSync(path.join(tmpdir(), 'chromaray-border-'));
    const options = { size: 32, patients: { train: three, val: three, test: three } };
    const shortcut = { kind: 'border', label: 'NORMAL', share: 0.5 } as const;
    const plain = await writePhantomDataset(clean, options);
    const marked = await writePhantomDataset(bordered, { ...options, faults: { shortcut } });
    const changed = plain.records
      .map(({ file }) => file)
      .filter((file) => !readFileSync(path.join(clean, file)).equals(readFileSync(path.join(bordered, file))));
    expect(changed.sort()).toEqual([...marked.planted.shortcut!.files].sort());
    expect(changed.length).toBeGreaterThan(0);
    rmSync(clean, { recursive: true });
    rmSync(bordered, { recursive: true });
  });
});
