import { existsSync, statSync } from 'node:fs';
import { ChromarayError } from '@chromaray/base';
import type { CsvColumns } from '../file/study-file.js';
import { listCsv } from './csv-layout.js';
import type { Layout } from './dataset.js';
import { listDicom } from './dicom-layout.js';
import { listFolders, listKaggle } from './folder-layouts.js';
import type { Listing } from './listing.js';
import { entriesOf } from './walk.js';

/** The layout that a path looks like: a manifest, parts, or class folders. */
export function detectLayout(location: string): Layout {
  if (/\.csv$/i.test(location) && existsSync(location) && statSync(location).isFile()) return 'csv';
  const entries = entriesOf(location);
  const folders = entries.filter(({ isFolder }) => isFolder);
  if (folders.some(({ name }) => name.toLowerCase() === 'train')) return 'kaggle';
  return folders.length === 0 && entries.some(({ name }) => /\.csv$/i.test(name)) ? 'csv' : 'folders';
}

/**
 * Lists the records of a data set without opening an image.
 *
 * @throws ChromarayError as the layouts do, and `CHROMARAY_DATASET_EMPTY`, `CHROMARAY_DATASET_NAME_CLASH`
 */
export function listRecords(location: string, layout: Layout, columns: CsvColumns): Listing {
  const listing = layout === 'csv' ? listCsv(location, columns) : listIn(location, layout);
  if (listing.records.length === 0) {
    throw new ChromarayError({
      code: 'CHROMARAY_DATASET_EMPTY',
      message: `${location} holds no image: layout "${layout}" found ${listing.classes.length} classes and no image file.`,
      remedy: 'Check the path and the layout.',
      details: { location, layout, classes: listing.classes },
    });
  }
  const files = new Map<string, string>();
  for (const { id, file } of listing.records) {
    const other = files.get(id);
    if (other !== undefined) {
      throw new ChromarayError({
        code: 'CHROMARAY_DATASET_NAME_CLASH',
        message: `Two files are both called ${id}: their names differ only in how accents are encoded.`,
        remedy: 'Rename one of them.',
        details: { id, files: [other, file] },
      });
    }
    files.set(id, file);
  }
  return listing;
}

function listIn(location: string, layout: Exclude<Layout, 'csv'>): Listing {
  if (layout === 'dicom') return listDicom(location);
  return layout === 'kaggle' ? listKaggle(location) : listFolders(location);
}
