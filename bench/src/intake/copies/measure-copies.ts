/**
 * Recall of the audit by kind of copy: altered copies are planted in the test part of a set whose training part holds
 * their originals, and the search for near-duplicates has to bring them together, and nothing else.
 */
import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { Random } from '@chromaray/base';
import { describeDataset, nearDuplicateGroups } from '@chromaray/data';
import { decodeGray, encodeJpeg } from '@chromaray/imaging';
import { kindsOfCopies } from './kinds.js';

export interface CopiesOptions {
  /** The Kermany set in Kaggle's layout. */
  readonly source: string;
  /** Where the set with its copies is written, unless it is there. */
  readonly target: string;
  /** X-rays taken from the source; all when there are fewer. */
  readonly originals: number;
  /** Copies of each kind. */
  readonly each: number;
  /** Which X-rays are taken, and which of them are copied how. */
  readonly seed: string;
}

interface Planted {
  readonly copy: string;
  readonly original: string;
  readonly kind: string;
}

export async function measureCopies(options: CopiesOptions) {
  const plantedFile = `${options.target}-planted.json`;
  if (!existsSync(plantedFile)) writeFileSync(plantedFile, JSON.stringify(await plant(options)));
  const planted = JSON.parse(readFileSync(plantedFile, 'utf8')) as readonly Planted[];
  const cacheDirectory = `${options.target}-cache`;
  const [dataset, described] = await timed(() =>
    describeDataset({ path: options.target, patient: 'none', cacheDirectory }),
  );
  const [groups, searched] = await timed(() => nearDuplicateGroups(dataset));

  const original = new Map(planted.map(({ copy, original }) => [copy, original]));
  const groupOf = new Map(groups.flatMap((group) => group.records.map(({ id }) => [id, group] as const)));
  const byKind = Object.keys(kindsOfCopies).map((kind) => {
    const copies = planted.filter((copy) => copy.kind === kind);
    const found = copies.filter(({ copy, original }) => {
      const group = groupOf.get(copy);
      return group !== undefined && group === groupOf.get(original);
    });
    return { kind, found: found.length, planted: copies.length };
  });
  // Exact copies among the originals are one picture to the search.
  const pixelsOf = new Map(dataset.records.map(({ id, pixelHash }) => [id, pixelHash]));
  const strangers = groups
    .map(({ records }) => records.map(({ id }) => original.get(id) ?? id))
    .filter((ids) => new Set(ids.map((id) => pixelsOf.get(id))).size > 1)
    .map((ids) => [...new Set(ids)]);
  return { records: dataset.records.length, describeSeconds: described, searchSeconds: searched, byKind, strangers };
}

async function plant({ source, target, originals, each, seed }: CopiesOptions): Promise<readonly Planted[]> {
  const files = ['train', 'test'].flatMap((part) =>
    ['NORMAL', 'PNEUMONIA'].flatMap((label) =>
      readdirSync(path.join(source, part, label)).map((name) => ({
        label,
        file: path.join(source, part, label, name),
      })),
    ),
  );
  for (const part of ['train', 'test']) {
    for (const label of ['NORMAL', 'PNEUMONIA']) mkdirSync(path.join(target, part, label), { recursive: true });
  }
  const order = new Random(seed).permutation(files.length);
  const taken = [...order.subarray(0, originals)].map((at) => files[at]!);
  for (const { label, file } of taken) copyFileSync(file, path.join(target, 'train', label, path.basename(file)));
  const planted: Planted[] = [];
  for (const [k, [kind, alter]] of Object.entries(kindsOfCopies).entries()) {
    for (let i = 0; i < each; i++) {
      const { label, file } = taken[(k * each + i) % taken.length]!;
      const copy = `test/${label}/copy-${k}-${i}.jpeg`;
      const altered = await alter(await decodeGray(file), new Random(copy));
      writeFileSync(path.join(target, copy), await encodeJpeg(altered, 92));
      planted.push({ copy, original: `train/${label}/${path.basename(file)}`, kind });
    }
  }
  return planted;
}

async function timed<T>(work: () => T | Promise<T>): Promise<[T, number]> {
  const started = process.cpuUsage();
  const result = await work();
  const { user, system } = process.cpuUsage(started);
  return [result, Math.round((user + system) / 1e5) / 10];
}
