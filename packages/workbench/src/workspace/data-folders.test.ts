import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { findData } from './data-folders.js';

let root: string;
beforeEach(() => {
  root = mkdtempSync(path.join(os.tmpdir(), 'chromaray-data-'));
});
afterEach(() => rmSync(root, { recursive: true }));

function files(...names: readonly string[]): void {
  for (const name of names) {
    mkdirSync(path.dirname(path.join(root, name)), { recursive: true });
    writeFileSync(path.join(root, name), '');
  }
}

describe('a folder', () => {
  it('with parts and classes suggests the layout kaggle, and the class that is an illness', () => {
    files(
      'xray/train/NORMAL/a.jpeg',
      'xray/train/PNEUMONIA/b.jpeg',
      'xray/test/NORMAL/c.jpeg',
      'xray/test/PNEUMONIA/d.jpeg',
    );
    expect(findData(root)).toEqual([
      {
        ...{ path: 'xray', layout: 'kaggle', classes: ['NORMAL', 'PNEUMONIA'], positive: 'PNEUMONIA' },
        why: expect.any(String),
      },
    ]);
  });

  it('with classes alone suggests folders; without a known illness no class is called positive', () => {
    files('xray/a/1.png', 'xray/b/2.png');
    expect(findData(root)).toMatchObject([{ path: 'xray', layout: 'folders', classes: ['a', 'b'], positive: null }]);
  });

  it('is recognised when it is the opened one itself, by DICOM files, archives and manifests', () => {
    files('one.dcm');
    expect(findData(root)).toMatchObject([{ path: '.', layout: 'dicom' }]);
    rmSync(path.join(root, 'one.dcm'));
    files('set/data.npz', 'set/list.csv', 'set/exclude.csv');
    expect(findData(root).map(({ path: at, layout }) => [at, layout])).toEqual([
      [path.join('set', 'data.npz'), 'npz'],
      [path.join('set', 'list.csv'), 'csv'],
    ]);
  });

  it('of studies, hidden folders and what holds nothing are no data sets', () => {
    files('studies/x/models/a/1.png', 'studies/x/models/b/1.png', '.cache/a/1.png', '.cache/b/1.png', 'text/a/1.txt');
    expect(findData(root)).toEqual([]);
  });
});
