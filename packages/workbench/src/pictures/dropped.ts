import { mkdtempSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { sha256File } from '@chromaray/base';
import { codedError } from '@chromaray/contracts/errors';
import { receiveFile } from '@chromaray/web';
import type { PicturePlace } from '../work/work-order.js';

/** Pictures kept; the one that was looked at longest ago makes room. */
const most = 8;

/** What errors call a picture that was dropped: the name of its file stays in the browser. */
const name = 'The picture';

/** Pictures dropped on a page: files of a folder of this start, which only its owner can read. */
export class Dropped {
  private readonly kept = new Map<string, string>();
  private made: string | undefined;
  private arrivals = 0;

  /**
   * Takes the body of a request as it arrives. The same bytes get the same id.
   *
   * @throws as `receiveFile`
   */
  async receive(request: Request): Promise<string> {
    const arriving = path.join(this.folder, `arriving-${++this.arrivals}`);
    await receiveFile(request, arriving);
    const id = (await sha256File(arriving)).slice(0, 16);
    const file = path.join(this.folder, id);
    renameSync(arriving, file);
    this.used(id, file);
    for (const old of this.kept.keys()) {
      if (this.kept.size <= most) break;
      this.forget(old);
    }
    return id;
  }

  /** @throws ChromarayError `CHROMARAY_WEB_NOT_FOUND` */
  place(id: string): PicturePlace {
    const file = this.kept.get(id);
    if (file === undefined)
      throw codedError('CHROMARAY_WEB_NOT_FOUND', {
        message: 'This picture is no longer kept.',
        remedy: 'Drop it on the page again.',
      });
    this.used(id, file);
    return { file, name };
  }

  forget(id: string): void {
    const file = this.kept.get(id);
    if (file !== undefined) rmSync(file, { force: true });
    this.kept.delete(id);
  }

  close(): void {
    if (this.made !== undefined) rmSync(this.made, { recursive: true, force: true });
    this.made = undefined;
    this.kept.clear();
  }

  private used(id: string, file: string): void {
    this.kept.delete(id);
    this.kept.set(id, file);
  }

  private get folder(): string {
    this.made ??= mkdtempSync(path.join(tmpdir(), 'chromaray-dropped-'));
    return this.made;
  }
}
