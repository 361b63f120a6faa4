import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { sha256 } from '@chromaray/base';
import type { ExampleSource } from '@chromaray/engine';
import { buildPack, type PixelPack } from '@chromaray/imaging';
import type { Network } from '../networks.js';

/** One part of a data set, decoded. */
export interface PartPack {
  readonly pack: PixelPack;
  /** 1 for the positive class. */
  readonly labels: Uint8Array;
  /** Paths of the files within the part, in the pack's order. */
  readonly files: readonly string[];
}

/** What is read, and how. */
export interface PartRequest {
  /** Folder with a folder for each part. */
  readonly data: string;
  readonly positive: string;
  readonly network: Pick<Network, 'size'>;
}

/** Decodes a part into a pack in the folder `packs`. */
export async function readPart(
  { data, positive, network }: PartRequest,
  part: string,
  packs: string,
): Promise<PartPack> {
  const folder = path.join(data, part);
  const files = readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .flatMap(({ name: label }) => readdirSync(path.join(folder, label)).map((file) => path.join(label, file)))
    .sort();
  const items = files.map((id) => {
    const file = path.join(folder, id);
    return { id, file, sha256: sha256(readFileSync(file)) };
  });
  const { pack } = await buildPack({ directory: packs, items, size: network.size });
  return { pack, labels: Uint8Array.from(files, (file) => Number(path.dirname(file) === positive)), files };
}

/** A part as the trainer reads it. */
export function sourceOf({ pack, labels }: PartPack): ExampleSource {
  const [count, height, width, channels] = pack.shape;
  return {
    count,
    shape: [channels, height, width],
    targetSize: 1,
    read(indices, into) {
      indices.forEach((row, i) => {
        pack.read(row, into.pixels, i * channels * height * width);
        into.targets[i] = labels[row]!;
      });
    },
  };
}
