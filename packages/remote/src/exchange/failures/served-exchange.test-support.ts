import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { blobOf, noise } from '../conformance.test-support.js';
import type { BlobName, Exchange } from '../exchange.js';
import { folderExchange } from '../folder/folder-exchange.js';
import { httpExchange } from '../http/http-exchange.js';
import { type ExchangeServer, serveExchange } from '../http/serve-exchange.js';
import type { FaultyLink } from './faulty-link.test-support.js';

export const never = new AbortController().signal;
export const token = 'a-token-of-this-laboratory';

/** An exchange that is served, with a pack of five megabytes in it. */
export class ServedExchange {
  private files = 0;

  private constructor(
    /** A folder of the test's own. */
    readonly root: string,
    /** The folder that is served. */
    readonly served: string,
    readonly server: ExchangeServer,
    readonly packFile: string,
    readonly blob: BlobName,
  ) {}

  static async start(): Promise<ServedExchange> {
    const root = mkdtempSync(path.join(tmpdir(), 'chromaray-failures-'));
    const served = path.join(root, 'served');
    const onDefect = (error: unknown): void => console.error(error);
    const server = await serveExchange({ folder: served, token, host: '127.0.0.2', onDefect });
    const pack = noise(5_000_000, 1);
    const packFile = path.join(root, 'pack');
    writeFileSync(packFile, pack);
    const blob = blobOf(pack);
    await folderExchange(served).put(blob, packFile, never);
    return new ServedExchange(root, served, server, packFile, blob);
  }

  /** A number that no other file of the test has. */
  next(): number {
    return this.files++;
  }

  /** Where a file may be fetched to. */
  target(): string {
    return path.join(this.root, 'fetched', String(this.next()));
  }

  async stop(): Promise<void> {
    await this.server.stop();
    rmSync(this.root, { recursive: true, force: true });
  }
}

export function through(link: FaultyLink, patience = 20_000): Exchange {
  return httpExchange(link.address, { token, patience });
}

/** Files of a folder that are not finished. */
export function hidden(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) =>
    path.basename(name).startsWith('.'),
  );
}
