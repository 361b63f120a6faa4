import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { decodeArtefact } from '@chromaray/contracts';
import { memoryDataset, patientsOf } from '@chromaray/testing/dataset';
import { afterAll, expect, it } from 'vitest';
import { makeSplit } from '../split/make-split.js';
import { writeManifest } from './manifest.js';

const folder = mkdtempSync(path.join(os.tmpdir(), 'chromaray-manifest-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const file = path.join(folder, 'manifest.json');
const unreadable = [{ id: 'x.png', file: '/data/x.png', code: 'CHROMARAY_IMAGE_EMPTY', reason: 'Empty.' }];
const dataset = memoryDataset([...patientsOf(true, 9, 2), ...patientsOf(false, 9, 2)], { unreadable });
const split = makeSplit(dataset, { method: 'patient', fractions: { train: 0.6, validation: 0.2, test: 0.2 }, seed: 1 });

it('a manifest holds every record with its part and hashes, and no place on this machine', () => {
  writeManifest(dataset, split, file);
  const manifest = decodeArtefact('manifest', readFileSync(file, 'utf8'), file);
  expect(manifest.dataset).toMatchObject({ hash: dataset.hash, positive: 'PNEUMONIA' });
  expect(manifest.split).toMatchObject({ method: 'patient', seed: 1, counts: split.counts, notes: split.notes });
  expect(manifest.records.map(({ id, part, sha256 }) => [id, part, sha256])).toEqual(
    dataset.records.map(({ id, sha256 }) => [id, split.part.get(id), sha256]),
  );
  expect(manifest.unreadable).toEqual([{ id: 'x.png', code: 'CHROMARAY_IMAGE_EMPTY' }]);
  expect(readFileSync(file, 'utf8')).not.toContain('/data');
});

it('a manifest of the same content is the same bytes, wherever the data lie', () => {
  writeManifest(dataset, split, file);
  const before = readFileSync(file);
  const moved = {
    ...dataset,
    root: '/mnt',
    records: dataset.records.map((record) => ({ ...record, file: `/mnt/${record.id}` })),
  };
  writeManifest(moved, split, file);
  expect(readFileSync(file)).toEqual(before);
});

it('a manifest counts what was left out, by reason, and names devices and sites', () => {
  const leftOut = ['the view is LL', 'the class is OTHER', 'the view is LL'].map((reason, i) => ({
    id: `${i}`,
    reason,
  }));
  const records = dataset.records.map((record) => ({ ...record, device: 'GE Optima', site: 'Guangzhou' }));
  writeManifest({ ...dataset, records, leftOut }, split, file);
  const manifest = decodeArtefact('manifest', readFileSync(file, 'utf8'), file);
  expect(manifest.leftOut).toEqual([
    { reason: 'the class is OTHER', records: 1 },
    { reason: 'the view is LL', records: 2 },
  ]);
  expect(manifest.records[0]).toMatchObject({ device: 'GE Optima', site: 'Guangzhou' });
});
