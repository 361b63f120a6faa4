import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { sha256 } from '@chromaray/base';
import type { Dataset, DatasetRecord } from '@chromaray/contracts';
import { encodePng } from '@chromaray/imaging';

/** A data set in memory: each record is its id, and what differs from a readable gray picture of its own. */
export function memoryDataset(
  records: readonly (Partial<DatasetRecord> & { readonly id: string; readonly positive: boolean })[],
  overrides: Partial<Dataset> = {},
): Dataset {
  const complete = records
    .map(
      (record): DatasetRecord => ({
        file: `/data/${record.id}`,
        label: record.positive ? 'PNEUMONIA' : 'NORMAL',
        patient: null,
        subtype: null,
        givenPart: null,
        sha256: sha256(record.id),
        pixelHash: sha256(`pixels of ${record.id}`),
        bytes: 1000,
        width: 64,
        height: 64,
        colour: false,
        traits: null,
        fingerprint: null,
        ...record,
      }),
    )
    .sort((a, b) => (a.id < b.id ? -1 : 1));
  return {
    root: '/data',
    layout: 'folders',
    positive: 'PNEUMONIA',
    negative: 'NORMAL',
    classes: ['NORMAL', 'PNEUMONIA'],
    records: complete,
    unreadable: [],
    ignored: [],
    patientRule: complete.some(({ patient }) => patient !== null) ? { name: 'test', description: 'As written.' } : null,
    hash: sha256(JSON.stringify(complete)),
    ...overrides,
  };
}

/** `count` patients of a class with `images` records each. */
export function patientsOf(positive: boolean, count: number, images: number | ((patient: number) => number)) {
  const name = positive ? 'sick' : 'well';
  return Array.from({ length: count }, (_, patient) =>
    Array.from({ length: typeof images === 'number' ? images : images(patient) }, (_, image) => ({
      id: `${name}${patient}-${image}.png`,
      positive,
      patient: `${name}${patient}`,
    })),
  ).flat();
}

/** A folder that is removed after use, with the files given by their relative paths. */
export class TemporaryFolder {
  readonly path = mkdtempSync(path.join(os.tmpdir(), 'chromaray-dataset-'));

  write(relative: string, content: string | Uint8Array): string {
    const file = path.join(this.path, relative);
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, content);
    return file;
  }

  /** A gray PNG whose pixels depend on `seed` alone. */
  async picture(relative: string, seed: number, width = 8, height = 8): Promise<string> {
    const data = Uint8Array.from({ length: width * height }, (_, i) => (i * 7 + seed * 31) % 256);
    return this.write(relative, await encodePng({ width, height, channels: 1, data }));
  }

  remove(): void {
    rmSync(this.path, { recursive: true, force: true });
  }
}
