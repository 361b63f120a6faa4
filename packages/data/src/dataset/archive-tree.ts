import { realpathSync } from 'node:fs';
import { sep } from 'node:path';
import { type Archive, dicomHeadLength, isDicom, joinArchivePath } from '@chromaray/imaging';
import type { FileTree } from './file-tree.js';
import { type Entry, folderError, hasImageExtension, isHidden, type WalkedFiles } from './walk.js';

/** Manifests and lists are read whole, up to this many bytes. */
const largestText = 2 ** 30;

/** The folders of an archive, which holds no more than the paths of its files. */
export class ArchiveTree implements FileTree {
  private readonly folders = new Map<string, Map<string, Entry>>([['', new Map()]]);

  constructor(private readonly archive: Archive) {
    for (const folder of archive.folders) this.addFolder(folder);
    for (const file of archive.files.keys()) this.add(file, false);
  }

  entriesOf(folder: string): readonly Entry[] {
    const inside = this.inside(folder);
    const entries = this.folders.get(inside);
    if (entries === undefined) {
      const code = this.archive.files.has(inside) ? 'ENOTDIR' : 'ENOENT';
      throw folderError(folder, Object.assign(new Error(code), { code }));
    }
    return [...entries.values()].filter(({ name }) => !isHidden(name)).sort((a, b) => (a.name < b.name ? -1 : 1));
  }

  walk(folder: string, isImage: (file: string) => boolean = hasImageExtension): WalkedFiles {
    const images: string[] = [];
    const others: string[] = [];
    const visit = (current: string): void => {
      for (const { file, isFolder } of this.entriesOf(current)) {
        if (isFolder) visit(file);
        else (isImage(file) ? images : others).push(file);
      }
    };
    visit(folder);
    return { images, others };
  }

  isFile(path: string): boolean {
    return this.archive.files.has(this.inside(path));
  }

  read(file: string): Promise<Uint8Array> {
    return this.archive.read(this.inside(file), largestText);
  }

  async dicomFiles(files: readonly string[]): Promise<ReadonlySet<string>> {
    const found = new Set<string>();
    for (const file of files) {
      const head = await this.archive.head(this.inside(file), dicomHeadLength);
      // As on disk, a name counts, too: reading the file says what is wrong.
      if (/\.(?:dcm|dicom)$/i.test(file) || isDicom(head)) found.add(file);
    }
    return found;
  }

  real(path: string): string {
    return joinArchivePath(realpathSync(this.archive.file), this.inside(path));
  }

  private inside(path: string): string {
    return path
      .slice(this.archive.file.length + 1)
      .split(sep)
      .join('/');
  }

  private addFolder(folder: string): Map<string, Entry> {
    const known = this.folders.get(folder);
    if (known !== undefined) return known;
    const entries = new Map<string, Entry>();
    this.folders.set(folder, entries);
    this.add(folder, true);
    return entries;
  }

  private add(inside: string, isFolder: boolean): void {
    const at = inside.lastIndexOf('/');
    const name = inside.slice(at + 1);
    const parent = this.addFolder(at < 0 ? '' : inside.slice(0, at));
    parent.set(name, { name, file: joinArchivePath(this.archive.file, inside), isFolder });
  }
}
