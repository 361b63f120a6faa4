import { createHash, randomBytes } from 'node:crypto';
import { createReadStream, createWriteStream, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';

const bytes = 1e8;

export interface FileCosts {
  /** Bytes of a file that is read, hashed and written, in a second of processor time. */
  readonly verify: number;
  /** Bytes served over HTTP in a second of processor time, from files that the system has in memory. */
  readonly serve: number;
}

/** What moving a pack costs a worker and the coordinator, on this machine's disk and loopback. */
export async function measureFiles(): Promise<FileCosts> {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'chromaray-scale-out-'));
  const file = path.join(folder, 'pack');
  try {
    await pipeline(function* () {
      const block = randomBytes(1e7);
      for (let i = 0; i < bytes / 1e7; i++) yield block;
    }, createWriteStream(file));
    return { verify: bytes / (await verifySeconds(file)), serve: bytes / (await serveSeconds(file)) };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function verifySeconds(file: string): Promise<number> {
  const hash = createHash('sha256');
  const before = process.cpuUsage();
  await pipeline(
    createReadStream(file, { highWaterMark: 1 << 20 }),
    async function* (source: AsyncIterable<Buffer>) {
      for await (const block of source) {
        hash.update(block);
        yield block;
      }
    },
    createWriteStream(`${file}.copy`, { highWaterMark: 1 << 20 }),
  );
  hash.digest();
  return since(before);
}

/** Processor seconds of serving; those of the client in the same process count too, so that this is a lower bound of the rate. */
async function serveSeconds(file: string): Promise<number> {
  const server = createServer((_, response) => void pipeline(createReadStream(file), response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  try {
    const before = process.cpuUsage();
    const { body } = await fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
    for await (const _ of body!) {
      // Thrown away: a worker's costs are measured apart.
    }
    return since(before);
  } finally {
    server.close();
  }
}

function since(before: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1e6;
}
