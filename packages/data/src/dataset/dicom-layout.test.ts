import { readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { TemporaryFolder } from '@chromaray/testing/dataset';
import { type SmallRadiograph, smallRadiograph } from '@chromaray/testing/dicom';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type DescribeOptions, describeDataset } from './describe.js';

let folder: TemporaryFolder;
let config: TemporaryFolder;
let saltFile: string;
beforeEach(() => {
  folder = new TemporaryFolder();
  config = new TemporaryFolder();
  saltFile = path.join(config.path, 'chromaray', 'patient-salt');
});
afterEach(() => {
  folder.remove();
  config.remove();
});

const add = (name: string, radiograph: SmallRadiograph) => folder.write(name, smallRadiograph(radiograph));
const describeHere = (options: Partial<DescribeOptions> = {}) =>
  describeDataset({ path: folder.path, layout: 'dicom', saltFile, ...options });

/** Two patients of each class, one of them with a lateral view too. */
function fourPatients(): void {
  add('NORMAL/study1/IM1', { patient: '4711', issuer: 'A', view: 'PA', laterality: 'U', seed: 1 });
  add('NORMAL/study1/IM2', { patient: '4711', issuer: 'A', view: 'LL', seed: 2 });
  add('NORMAL/study2/IM1.dcm', { patient: '4711', issuer: 'B', view: 'AP', seed: 3 });
  add('PNEUMONIA/IM1', { patient: '0815', issuer: 'A', view: 'PA', seed: 4 });
  add('PNEUMONIA/IM2', { patient: '0816', issuer: 'A', view: 'PA', seed: 5 });
  folder.write('PNEUMONIA/DICOMDIR.txt', 'no radiograph');
}

describe('layout dicom', () => {
  it('finds DICOM files by their content and tells patients, views and sides', async () => {
    fourPatients();
    const dataset = await describeHere();
    expect(dataset.records.map(({ id, viewPosition, laterality }) => [id, viewPosition, laterality])).toEqual([
      ['NORMAL/study1/IM1', 'PA', 'U'],
      ['NORMAL/study1/IM2', 'LL', null],
      ['NORMAL/study2/IM1.dcm', 'AP', null],
      ['PNEUMONIA/IM1', 'PA', null],
      ['PNEUMONIA/IM2', 'PA', null],
    ]);
    const [a, b, c, d, e] = dataset.records.map(({ patient }) => patient);
    expect(a).toMatch(/^p-[0-9a-f]{16}$/);
    expect(b).toBe(a);
    expect(new Set([a, c, d, e]).size).toBe(4);
    expect(dataset.patientRule?.name).toBe('dicom');
    expect(dataset.ignored).toEqual(['PNEUMONIA/DICOMDIR.txt']);
  });

  it('stores nothing that names a patient', async () => {
    fourPatients();
    const cache = new TemporaryFolder();
    try {
      const dataset = await describeHere({ cacheDirectory: cache.path });
      const stored = readdirSync(cache.path).map((name) => readFileSync(path.join(cache.path, name), 'utf8'));
      for (const text of [JSON.stringify(dataset), ...stored]) {
        for (const secret of ['4711', '0815', 'Secretname', '19710203', readFileSync(saltFile, 'utf8').trim()]) {
          expect(text).not.toContain(secret);
        }
      }
    } finally {
      cache.remove();
    }
  });

  it('keeps the salt for its user alone, and the same pseudonyms as long as the salt is there', async () => {
    fourPatients();
    const cache = new TemporaryFolder();
    try {
      const first = await describeHere({ cacheDirectory: cache.path });
      expect(statSync(saltFile).mode & 0o777).toBe(0o600);
      expect(await describeHere()).toEqual(first);
      rmSync(saltFile);
      const renewed = await describeHere({ cacheDirectory: cache.path });
      expect(renewed.records[0]!.patient).not.toBe(first.records[0]!.patient);
      expect(new Set(renewed.records.map(({ patient }) => patient)).size).toBe(4);
    } finally {
      cache.remove();
    }
  });

  it('a salt that was damaged stops the study; patients would silently change their names', async () => {
    fourPatients();
    await describeHere();
    writeFileSync(saltFile, 'short');
    await expect(describeHere()).rejects.toMatchObject({ code: 'CHROMARAY_PATIENTS_SALT' });
  });

  it('leaves out views that were not asked for, and says which', async () => {
    fourPatients();
    add('NORMAL/unknown', { patient: '1', seed: 9 });
    const dataset = await describeHere({ views: ['PA', 'AP'] });
    expect(dataset.records).toHaveLength(4);
    expect(dataset.leftOut).toEqual([
      { id: 'NORMAL/study1/IM2', reason: 'the view is LL' },
      { id: 'NORMAL/unknown', reason: 'the file does not name its view' },
    ]);
    expect(dataset.hash).not.toBe((await describeHere()).hash);
    await expect(describeHere({ views: ['AP'] })).rejects.toMatchObject({
      code: 'CHROMARAY_DATASET_VIEWS',
      message: expect.stringContaining('PA 3 times'),
    });
  });

  it('lists damaged files and goes on', async () => {
    fourPatients();
    const whole = smallRadiograph({ patient: '7', view: 'PA', seed: 6 });
    folder.write('NORMAL/cut', whole.subarray(0, whole.length - 10));
    const dataset = await describeHere({ unreadableShare: 0.5 });
    expect(dataset.unreadable).toMatchObject([{ id: 'NORMAL/cut', code: 'CHROMARAY_DICOM_TRUNCATED' }]);
    expect(dataset.records).toHaveLength(5);
  });

  it('names the files that have no Patient ID', async () => {
    fourPatients();
    add('NORMAL/nobody', { seed: 8 });
    await expect(describeHere()).rejects.toMatchObject({
      code: 'CHROMARAY_PATIENTS_UNMATCHED',
      details: { records: ['NORMAL/nobody'] },
    });
    expect((await describeHere({ patient: 'none' })).patientRule).toBeNull();
  });
});

describe('DICOM files in other layouts', () => {
  it('stand beside pictures in a manifest', async () => {
    add('a.dcm', { patient: '1', view: 'PA', seed: 1 });
    await folder.picture('b.png', 2);
    const manifest = folder.write('list.csv', 'path,label,patient\na.dcm,NORMAL,x\nb.png,PNEUMONIA,y\n');
    const dataset = await describeDataset({ path: manifest, saltFile });
    expect(dataset.records.map(({ id, patient, viewPosition }) => [id, patient, viewPosition])).toEqual([
      ['a.dcm', 'x', 'PA'],
      ['b.png', 'y', undefined],
    ]);
  });

  it('stand in class folders by their extension', async () => {
    add('NORMAL/a.dcm', { patient: '1', seed: 1 });
    add('PNEUMONIA/b.dcm', { patient: '2', seed: 2 });
    expect((await describeDataset({ path: folder.path, saltFile })).layout).toBe('folders');
  });
});
