import path from 'node:path';
import type { ChromarayError } from '@chromaray/base';
import type { Part } from '@chromaray/contracts';
import { codedError } from '@chromaray/contracts/errors';
import type { FileTree } from './file-tree.js';
import { type ListedRecord, type Listing, partNamed, toId } from './listing.js';
import type { Entry } from './walk.js';

/**
 * `train|val|test / class / images`, as Kaggle publishes the Kermany set. Other folders beside the parts
 * are ignored: Kaggle's archive holds a second copy of everything in one.
 *
 * @throws ChromarayError `CHROMARAY_DATASET_LAYOUT` when there is no folder `train`
 */
export function listKaggle(tree: FileTree, root: string): Listing {
  const entries = tree.entriesOf(root);
  const partFolders = entries.flatMap((entry) => {
    const part = entry.isFolder ? partNamed(entry.name) : undefined;
    return part === undefined ? [] : [{ ...entry, part }];
  });
  if (!partFolders.some(({ part }) => part === 'train')) throw notKaggle(tree, root, entries);
  const collected = new Collector(tree, root);
  for (const entry of entries) if (!partFolders.some(({ name }) => name === entry.name)) collected.ignore(entry);
  for (const { file, part } of partFolders) collected.addClasses(tree.entriesOf(file), part);
  return collected.listing();
}

/**
 * One folder a class; images may lie in folders below it.
 *
 * @param isImage tells images from other files; default: by their extension
 * @throws ChromarayError `CHROMARAY_DATASET_LAYOUT` when there is no class folder, or the folders are parts
 */
export function listFolders(tree: FileTree, root: string, isImage?: (file: string) => boolean): Listing {
  const entries = tree.entriesOf(root);
  const folders = entries.filter(({ isFolder }) => isFolder);
  if (folders.length === 0 || folders.some(({ name }) => partNamed(name) === 'train')) {
    throw codedError('CHROMARAY_DATASET_LAYOUT', {
      message:
        folders.length === 0
          ? `${root} has no class folders; layout "folders" expects one folder a class.`
          : `${root} has a folder "train": that is a part, not a class.`,
      remedy: folders.length === 0 ? 'Put the images of each class into a folder.' : 'Write `layout: kaggle`.',
      details: { root, found: entries.slice(0, 20).map(({ name }) => name) },
    });
  }
  const collected = new Collector(tree, root, isImage);
  collected.addClasses(entries, null);
  return collected.listing();
}

class Collector {
  private readonly records: ListedRecord[] = [];
  private readonly classes = new Set<string>();
  private readonly ignored: string[] = [];
  private readonly ignoredOfClasses: { id: string; label: string }[] = [];

  constructor(
    private readonly tree: FileTree,
    private readonly root: string,
    private readonly isImage?: (file: string) => boolean,
  ) {}

  addClasses(entries: readonly Entry[], givenPart: Part | null): void {
    for (const entry of entries) {
      if (!entry.isFolder) {
        this.ignore(entry);
        continue;
      }
      const label = entry.name.normalize('NFC');
      this.classes.add(label);
      const { images, others } = this.tree.walk(entry.file, this.isImage);
      for (const file of images) this.records.push({ id: this.id(file), file, label, givenPart, patientColumn: null });
      const lost = others.map((file) => ({ id: this.id(file), label }));
      this.ignored.push(...lost.map(({ id }) => id));
      this.ignoredOfClasses.push(...lost);
    }
  }

  ignore(entry: Entry): void {
    this.ignored.push(this.id(entry.file) + (entry.isFolder ? '/' : ''));
  }

  listing(): Listing {
    const { root, records, ignored, ignoredOfClasses } = this;
    const classes = [...this.classes].sort();
    return { root, records, classes, patientColumn: null, ignored: ignored.sort(), ignoredOfClasses };
  }

  private id(file: string): string {
    return toId(path.relative(this.root, file), path.sep);
  }
}

function notKaggle(tree: FileTree, root: string, entries: readonly Entry[]): ChromarayError {
  const folders = entries.filter(({ isFolder }) => isFolder);
  const nested = folders.find(({ file }) => tree.entriesOf(file).some(({ name }) => partNamed(name) === 'train'));
  return codedError('CHROMARAY_DATASET_LAYOUT', {
    message: `${root} has no folder "train"; layout "kaggle" expects train, val and test, each with a folder a class.`,
    remedy:
      nested === undefined
        ? 'Check the path, or write `layout: folders` when the classes lie there without parts.'
        : `Use ${nested.file}, which has one.`,
    details: { root, found: entries.slice(0, 20).map(({ name }) => name) },
  });
}
