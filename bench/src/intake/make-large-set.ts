/**
 * Writes a set of many X-rays from the real ones at hand: all of them, copies altered in known ways, and new chests
 * made by laying pairs of one class over one another. `planted.json` beside it says which copy is of what.
 */
import { copyFileSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { Random } from '@chromaray/base';
import { decodeGray, encodeJpeg } from '@chromaray/imaging';
import { type Alteration, alterations, laidOver } from './alterations.js';

export interface PlantedCopy {
  readonly copy: string;
  readonly original: string;
  readonly how: Alteration;
}

const copiesOfAKind = 300;
const lanes = 3;

/**
 * @param source the Kermany set in Kaggle's layout
 * @param target made; one folder a class
 * @returns the planted copies
 */
export async function makeLargeSet(source: string, target: string, records: number): Promise<readonly PlantedCopy[]> {
  const originals = listOriginals(source);
  const ids = originals.map(({ file, label }) => {
    mkdirSync(path.join(target, label), { recursive: true });
    const id = `${label}/${path.basename(file)}`;
    copyFileSync(file, path.join(target, id));
    return id;
  });
  const kinds = Object.keys(alterations) as Alteration[];
  const random = new Random('planted');
  const planted = kinds.flatMap((how) =>
    Array.from({ length: copiesOfAKind }, (_, i): PlantedCopy & { readonly source: string } => {
      const at = random.int(originals.length);
      const { label, file } = originals[at]!;
      return { copy: `${label}/copy-${kinds.indexOf(how)}-${i}.jpeg`, original: ids[at]!, how, source: file };
    }),
  );
  await inLanes(planted, async ({ copy, how, source: file }) => {
    const altered = await alterations[how](await decodeGray(file), new Random(copy));
    // The one in question is saved a second time at a quality that changes little.
    writeFileSync(path.join(target, copy), await encodeJpeg(altered, 95));
  });
  const mixtures = Array.from({ length: Math.max(0, records - ids.length - planted.length) }, (_, i) => i);
  await inLanes(mixtures, async (i) => {
    const draw = new Random(`mixture ${i}`);
    const first = originals[draw.int(originals.length)]!;
    const others = originals.filter(({ label, file }) => label === first.label && file !== first.file);
    const second = others[draw.int(others.length)]!;
    const image = laidOver(await decodeGray(first.file), await decodeGray(second.file));
    writeFileSync(path.join(target, first.label, `mixture-${i}.jpeg`), await encodeJpeg(image, 92));
  });
  const list = planted.map(({ copy, original, how }) => ({ copy, original, how }));
  writeFileSync(path.join(target, '..', `${path.basename(target)}-planted.json`), JSON.stringify(list));
  return list;
}

function listOriginals(source: string) {
  return ['train', 'val', 'test'].flatMap((part) =>
    ['NORMAL', 'PNEUMONIA'].flatMap((label) =>
      readdirSync(path.join(source, part, label)).map((name) => ({
        label,
        file: path.join(source, part, label, name),
      })),
    ),
  );
}

async function inLanes<T>(items: readonly T[], work: (item: T) => Promise<void>): Promise<void> {
  const queue = items.values();
  const lane = async (): Promise<void> => {
    for (const item of queue) await work(item);
  };
  await Promise.all(Array.from({ length: lanes }, lane));
}
