import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { findDatasets } from './found-datasets.js';

let root: string;
beforeEach(() => {
  root = mkdtempSync(path.join(tmpdir(), 'chromaray-found-'));
});
afterEach(() => rmSync(root, { recursive: true }));

function write(...files: readonly string[]): void {
  for (const file of files) {
    mkdirSync(path.join(root, path.dirname(file)), { recursive: true });
    writeFileSync(path.join(root, file), 'x');
  }
}

it('folders with parts, with classes, with pictures, and archives are found; others are not', () => {
  write('kaggle/train/NORMAL/a.jpeg', 'classes/A/a.png', 'classes/B/b.png', 'deep/dicom/a.dcm', 'small.npz');
  write('notes/a.txt', 'one/A/a.png', '.cache/a.png', 'studies/tiny/report.html');
  mkdirSync(path.join(root, 'pacs'));
  writeFileSync(path.join(root, 'pacs', 'IM0001'), Buffer.concat([Buffer.alloc(128), Buffer.from('DICM')]));
  expect(findDatasets(root)).toEqual(['classes', 'deep/dicom', 'kaggle', 'one/A', 'pacs', 'small.npz']);
});

it('a folder that is itself a data set is the only one', () => {
  write('train/NORMAL/a.jpeg', 'test/NORMAL/a.jpeg');
  expect(findDatasets(root)).toEqual(['.']);
});

it('an empty folder has none', () => {
  expect(findDatasets(root)).toEqual([]);
});
