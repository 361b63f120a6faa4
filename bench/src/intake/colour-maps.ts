/** Colour maps at training size: read, hash, decode, reduce, look up, write. What a coloured pack costs. */
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { sha256File } from '@chromaray/base';
import { applyColourTable, buildPack, colourTable, type PackItem } from '@chromaray/imaging';
import { median } from '../measurement.js';

export interface ColourMapSpeed {
  readonly images: number;
  readonly size: number;
  readonly imagesPerSecond: number;
  /** Of all cores together, for one image. */
  readonly processorMilliseconds: number;
}

/** Colours every picture below a folder, a number of times over. */
export async function measureColourMaps(folder: string, size: number, rounds: number): Promise<ColourMapSpeed> {
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => /\.jpe?g$/i.test(name));
  const items = await Promise.all(
    names.map(async (id): Promise<PackItem> => {
      const file = path.join(folder, id);
      return { id, file, sha256: await sha256File(file) };
    }),
  );
  const table = colourTable('turbo');
  const seconds: number[] = [];
  const processor: number[] = [];
  // The first round warms up: code is compiled and files come into the system's cache.
  for (let round = 0; round <= rounds; round++) {
    const directory = mkdtempSync(path.join(os.tmpdir(), 'chromaray-bench-'));
    const [start, used] = [performance.now(), process.cpuUsage()];
    const { pack } = await buildPack({
      directory,
      items,
      size,
      colouring: { key: 'turbo', at: 'pack-size', colour: (gray) => applyColourTable(gray, table) },
    });
    pack.close();
    const { user, system } = process.cpuUsage(used);
    if (round > 0) {
      seconds.push((performance.now() - start) / 1000);
      processor.push((user + system) / 1000);
    }
    rmSync(directory, { recursive: true, force: true });
  }
  return {
    images: items.length,
    size,
    imagesPerSecond: items.length / median(seconds),
    processorMilliseconds: median(processor) / items.length,
  };
}
