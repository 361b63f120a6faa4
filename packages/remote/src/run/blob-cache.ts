import { readdirSync, rmSync, statSync, utimesSync } from 'node:fs';
import path from 'node:path';
import type { BlobName, Exchange } from '../exchange/exchange.js';

/** Packs of a large archive have tens of gigabytes each, and a trial has three. */
const defaultMostBytes = 128 * 2 ** 30;

/**
 * Packs and weights that were fetched, by their hash: what many trials read is fetched once. What was not used for the
 * longest time makes room for what is new; what a trial reads now stays.
 */
export class BlobCache {
  private readonly arriving = new Map<string, Promise<string>>();
  private readonly used = new Map<string, number>();

  constructor(
    private readonly folder: string,
    private readonly exchange: Pick<Exchange, 'fetch'>,
    private readonly mostBytes = defaultMostBytes,
  ) {}

  /**
   * Lends the files of blobs to some work.
   *
   * @throws ChromarayError as `Exchange.fetch` does
   */
  async lend<T>(
    blobs: readonly BlobName[],
    signal: AbortSignal,
    work: (file: (blob: BlobName) => string) => Promise<T>,
  ): Promise<T> {
    for (const { sha256 } of blobs) this.used.set(sha256, (this.used.get(sha256) ?? 0) + 1);
    try {
      for (const blob of blobs) await this.bring(blob, signal);
      return await work(({ sha256 }) => this.path(sha256));
    } finally {
      for (const { sha256 } of blobs) this.used.set(sha256, this.used.get(sha256)! - 1);
    }
  }

  /** Two trials that begin together wait for one transfer; when that is given up for the first, the second takes it over. */
  private async bring(blob: BlobName, signal: AbortSignal): Promise<void> {
    const { sha256 } = blob;
    for (let other = this.arriving.get(sha256); other !== undefined; other = this.arriving.get(sha256)) {
      if (await other.then(() => true).catch(() => false)) return;
      signal.throwIfAborted();
    }
    const arrival = this.fetch(blob, signal).finally(() => this.arriving.delete(sha256));
    this.arriving.set(sha256, arrival);
    await arrival;
  }

  private async fetch(blob: BlobName, signal: AbortSignal): Promise<string> {
    const file = this.path(blob.sha256);
    if (sizeOf(file) !== blob.bytes) {
      this.makeRoom(blob.bytes);
      await this.exchange.fetch(blob, file, signal);
    }
    const now = new Date();
    utimesSync(file, now, now);
    return file;
  }

  private makeRoom(bytes: number): void {
    const kept = filesIn(this.folder).sort((a, b) => b.usedAt - a.usedAt);
    let left = this.mostBytes - bytes;
    for (const { name, size } of kept) {
      left -= size;
      if (left < 0 && !this.used.get(path.parse(name).name)) rmSync(path.join(this.folder, name), { force: true });
    }
  }

  private path(sha256: string): string {
    return path.join(this.folder, `${sha256}.blob`);
  }
}

function filesIn(folder: string): { readonly name: string; readonly size: number; readonly usedAt: number }[] {
  let names: readonly string[] = [];
  try {
    names = readdirSync(folder).filter((name) => name.endsWith('.blob'));
  } catch {
    // Nothing was fetched so far.
  }
  return names.map((name) => {
    const { size, mtimeMs } = statSync(path.join(folder, name));
    return { name, size, usedAt: mtimeMs };
  });
}

/** -1 for a file that is not there. */
function sizeOf(file: string): number {
  return statSync(file, { throwIfNoEntry: false })?.size ?? -1;
}
