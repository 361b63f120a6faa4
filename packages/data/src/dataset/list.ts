import path from 'node:path';
import { type CsvColumns, type DatasetSection, type Layout, studyClasses } from '@chromaray/contracts';
import { codedError } from '@chromaray/contracts/errors';
import { ruledClasses } from './class-rule.js';
import { listCsv } from './csv-layout.js';
import { listDicom } from './dicom-layout.js';
import { disk, type FileTree } from './file-tree.js';
import { listFolders, listKaggle } from './folder-layouts.js';
import { leaveOutClasses } from './leave-out.js';
import { type Listing, partNamed } from './listing.js';
import { listNpz } from './npz-layout.js';
import { presetReaders } from './presets/index.js';
import { namedByNumber } from './several-classes.js';

/** How the files of a data set are to be read; the `dataset` section of a study file fits. */
export type ListingOptions = Partial<
  Pick<DatasetSection, 'layout' | 'preset' | 'classes' | 'classRule' | 'positive' | 'leaveOut' | 'uncertain'> & {
    readonly columns: Partial<CsvColumns>;
  }
>;

const npzName = /\.npz$/i;

/** The layout that a path looks like: arrays, a manifest, parts, or class folders. */
export function detectLayout(tree: FileTree, location: string): Layout {
  if (npzName.test(location)) return 'npz';
  if (/\.csv$/i.test(location) && tree.isFile(location)) return 'csv';
  const entries = tree.entriesOf(location);
  const folders = entries.filter(({ isFolder }) => isFolder);
  if (folders.some(({ name }) => partNamed(name) === 'train')) return 'kaggle';
  return folders.length === 0 && entries.some(({ name }) => /\.csv$/i.test(name)) ? 'csv' : 'folders';
}

/**
 * Lists the records of a data set without opening an image.
 *
 * @param tree that `location` lies in
 * @throws ChromarayError as the layouts do, and `CHROMARAY_DATASET_EMPTY`, `CHROMARAY_DATASET_NAME_CLASH`
 */
export async function listRecords(
  tree: FileTree,
  location: string,
  options: ListingOptions,
): Promise<Listing & { readonly layout: Layout }> {
  const start = npzName.test(location) ? location : insideWrapping(tree, location);
  const layout = options.layout ?? (options.preset === undefined ? detectLayout(tree, start) : 'csv');
  const listing = leaveOutClasses(classed(await listAs(layout, tree, start, options), options), options.leaveOut);
  if (listing.records.length === 0) {
    throw codedError('CHROMARAY_DATASET_EMPTY', {
      message: `${location} holds no image: layout "${layout}" found ${listing.classes.length} classes and no image file.`,
      details: { location, layout, classes: listing.classes },
    });
  }
  const files = new Map<string, string>();
  for (const { id, file } of listing.records) {
    const other = files.get(id);
    if (other !== undefined) {
      throw codedError('CHROMARAY_DATASET_NAME_CLASH', {
        message: `Two files are both called ${id}: their names differ only in how accents are encoded.`,
        details: { id, files: [other, file] },
      });
    }
    files.set(id, file);
  }
  return { ...listing, layout };
}

/** With the classes that a study tells apart, where it names several. */
function classed(listing: Listing, options: ListingOptions): Listing {
  const several = severalOf(options);
  if (several === null) return listing;
  const named = namedByNumber(listing, several);
  return options.classRule === undefined ? named : ruledClasses(named, options.classRule, several);
}

/** As {@link studyClasses}: two names, or names beside a positive class, are names of numbers. */
export function severalOf({ classes, positive }: Pick<ListingOptions, 'classes' | 'positive'>) {
  const several = studyClasses({ ...(classes && { classes }), ...(positive !== undefined && { positive }) });
  return several !== null && several.length > 2 ? several : null;
}

async function listAs(layout: Layout, tree: FileTree, location: string, options: ListingOptions): Promise<Listing> {
  if (layout !== 'npz' && npzName.test(location)) {
    throw codedError('CHROMARAY_DATASET_LAYOUT', {
      message: `${location} is an .npz file; layout "${layout}" expects files in folders.`,
      remedy: 'Write `layout: npz`.',
      details: { location, layout },
    });
  }
  switch (layout) {
    case 'npz':
      return listNpz(location, options.classes);
    case 'csv': {
      if (options.preset === undefined) {
        return listCsv(
          tree,
          location,
          options.columns ?? {},
          severalOf(options) === null ? options.classes : undefined,
        );
      }
      return presetReaders[options.preset](tree, location, { uncertain: options.uncertain ?? 'leave-out' });
    }
    case 'dicom':
      return listDicom(tree, location);
    case 'kaggle':
      return listKaggle(tree, location);
    case 'folders':
      return listFolders(tree, location);
  }
}

/**
 * Archives often wrap everything in one folder, `chest_xray/train/...`: records are then named from inside it, as they
 * are where the archive was unpacked.
 */
function insideWrapping(tree: FileTree, location: string): string {
  if (tree === disk || tree.isFile(location)) return location;
  const entries = tree.entriesOf(location);
  const [only] = entries;
  if (entries.length !== 1 || !only!.isFolder || partNamed(only!.name) !== undefined) return location;
  return insideWrapping(tree, path.join(location, only!.name));
}
