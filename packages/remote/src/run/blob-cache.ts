import { mkdirSync, renameSync, rmSync, statfsSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { bytes as bytesText, sha256File, writeError } from '@chromaray/base';
import { codedError } from '@chromaray/contracts/errors';
import type { BlobName, Exchange } from '../exchange/exchange.js';
import { nowOf } from '../exchange/folder/temporaries.js';
import { giveBack, livingOf, ownName } from '../exchange/owned-files.js';
import { cachedFiles } from './cached-files.js';

/** Packs of a large archive have tens of gigabytes each, and a trial has three. */
const defaultMostBytes = 128 * 2 ** 30;
/** Milliseconds without a byte after which another process's transfer is waited for no longer. */
const standstill = 60_000;

/**
 * Packs and weights that were fetched, by their hash: what many trials read is fetched once, also by several workers that
 * share the folder. Each use begins with a check of the hash; what is damaged is fetched again. What was not used for the
 * longest time makes room for what is new; what a trial of a living process reads stays.
 */
export class BlobCache {
  private readonly arriving = new Map<string, Promise<void>>();

  constructor(
    private readonly folder: string,
    private readonly exchange: Pick<Exchange, 'fetch'>,
    private readonly mostBytes = defaultMostBytes,
  ) {}

  /**
   * Lends the files of blobs to some work.
   *
   * @throws ChromarayError `CHROMARAY_CACHE_SMALL` when the cache may not hold them all, or the disk has no room;
   *   `CHROMARAY_FILE_WRITE`; as `Exchange.fetch` does
   */
  async lend<T>(
    blobs: readonly BlobName[],
    signal: AbortSignal,
    work: (file: (blob: BlobName) => string) => Promise<T>,
  ): Promise<T> {
    const different = [...new Map(blobs.map((blob) => [blob.sha256, blob])).values()];
    const needed = different.reduce((sum, { bytes }) => sum + bytes, 0);
    if (needed > this.mostBytes) throw small(this.folder, needed, `may hold ${bytesText(this.mostBytes)}`);
    const uses = different.map((blob) => this.use(blob));
    try {
      for (const blob of different) await this.bring(blob, signal);
      return await work(({ sha256 }) => this.path(sha256));
    } finally {
      for (const use of uses) {
        rmSync(use, { force: true });
        giveBack(use);
      }
    }
  }

  /** A mark that keeps a file where it is, and that a killed process does not leave behind as a living one's. */
  private use({ sha256 }: BlobName): string {
    const file = this.path(sha256);
    const mark = ownName(file, 'use');
    try {
      mkdirSync(this.folder, { recursive: true, mode: 0o700 });
      writeFileSync(mark, '', { mode: 0o600 });
      return mark;
    } catch (error) {
      giveBack(mark);
      throw writeError(file, error);
    }
  }

  /** Two trials that begin together wait for one transfer; when that is given up for the first, the second takes it over. */
  private async bring(blob: BlobName, signal: AbortSignal): Promise<void> {
    const { sha256 } = blob;
    for (let other = this.arriving.get(sha256); other !== undefined; other = this.arriving.get(sha256)) {
      if (await other.then(() => true).catch(() => false)) return;
      signal.throwIfAborted();
    }
    const arrival = this.ensure(blob, signal).finally(() => this.arriving.delete(sha256));
    this.arriving.set(sha256, arrival);
    await arrival;
  }

  private async ensure(blob: BlobName, signal: AbortSignal): Promise<void> {
    const file = this.path(blob.sha256);
    await this.otherTransfer(file, signal);
    if (!(await isRight(file, blob))) {
      rmSync(file, { force: true });
      this.makeRoom(blob.bytes);
      await this.exchange.fetch(blob, file, signal);
    }
    const now = new Date();
    utimesSync(file, now, now);
  }

  /** Waits while another process of this folder fetches the file and gets on with it. */
  private async otherTransfer(file: string, signal: AbortSignal): Promise<void> {
    for (;;) {
      const now = nowOf(this.folder);
      const growing = livingOf(file, 'part').some((name) => {
        const part = statSync(path.join(this.folder, name), { throwIfNoEntry: false });
        return part !== undefined && now - part.mtimeMs < standstill;
      });
      if (!growing) return;
      await wait(300, undefined, { signal }).catch(() => signal.throwIfAborted());
    }
  }

  private makeRoom(bytes: number): void {
    const kept = cachedFiles(this.folder).sort((a, b) => a.usedAt - b.usedAt);
    let held = kept.reduce((sum, { size }) => sum + size, 0);
    const { bavail, bsize } = statfsSync(this.folder);
    let free = bavail * bsize;
    for (const { name, size } of kept) {
      if (held + bytes <= this.mostBytes && bytes <= free) return;
      if (!this.evict(path.join(this.folder, name))) continue;
      held -= size;
      free += size;
    }
    if (held + bytes > this.mostBytes) throw small(this.folder, held + bytes, `may hold ${bytesText(this.mostBytes)}`);
    if (bytes > free) throw small(this.folder, bytes, `lies on a disk with ${bytesText(free)} free`);
  }

  /** A use that began between the look and the removal has its file back. */
  private evict(file: string): boolean {
    if (livingOf(file, 'use').length > 0) return false;
    const away = `${file}.away`;
    try {
      renameSync(file, away);
    } catch {
      return false;
    }
    if (livingOf(file, 'use').length > 0) {
      renameSync(away, file);
      return false;
    }
    rmSync(away, { force: true });
    return true;
  }

  private path(sha256: string): string {
    return path.join(this.folder, `${sha256}.blob`);
  }
}

async function isRight(file: string, { sha256, bytes }: BlobName): Promise<boolean> {
  if (statSync(file, { throwIfNoEntry: false })?.size !== bytes) return false;
  return (await sha256File(file).catch(() => '')) === sha256;
}

function small(folder: string, needed: number, found: string) {
  return codedError('CHROMARAY_CACHE_SMALL', {
    message: `The cache ${folder} needs ${bytesText(needed)} for one trial and what other trials read now, and ${found}.`,
    remedy: 'Allow the cache more bytes, free some space, run fewer trials at once, or choose another folder.',
    details: { folder, needed },
  });
}
