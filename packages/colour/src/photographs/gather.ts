import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { sha256, writeFileAtomic } from '@chromaray/base';
import {
  type DecodedImage,
  decodeImage,
  type Fingerprint,
  fingerprint,
  pictureStamp,
  picturesAt,
  pixelHash,
  resize,
  toRgb,
  upright,
} from '@chromaray/imaging';
import { isColourless } from './colourless.js';
import { chooseHeldOut, type HoldOutCandidate } from './held-out.js';
import { type LeftOut, leftOutFor } from './left-out.js';
import { PhotographWriter } from './store.js';

/** The photographs of a folder or archive, ready to be trained on. */
export interface Photographs {
  /** Hash of the listing, the size and this version: equal for equal photographs. */
  readonly key: string;
  /** Where they lie, see `PhotographStore`. */
  readonly file: string;
  /** Side of the square to which each was stretched, in pixels. */
  readonly side: number;
  /** SHA-256 of all their contents, in order. */
  readonly contents: string;
  /** Positions in the store of those that are trained on, and of those that are held out. */
  readonly training: readonly number[];
  readonly heldOut: readonly number[];
  /** Photographs that have a near-duplicate; such groups are held out as one, or trained on as one. */
  readonly nearDuplicates: number;
  readonly leftOut: readonly LeftOut[];
}

export interface GatherOptions {
  /** Folder for the store and what is known of it. */
  readonly folder: string;
  readonly side: number;
  readonly signal?: AbortSignal;
  readonly onProgress?: (step: 'reading' | 'comparing', done: number, total: number) => void;
}

/** Raise it when the same files would give other photographs. */
const version = 2;
/** What is smaller shows too little. */
const leastSide = 64;
/** Pictures that are decoded ahead. */
const ahead = 3;

/**
 * Reads the photographs below a folder or in an archive, one at a time, reduces them, and chooses which are held out.
 * Files that teach nothing or cannot be read are left out and listed. Done before with the same files: read back.
 *
 * @throws ChromarayError `CHROMARAY_IMAGE_MISSING` and others of `picturesAt`; `CHROMARAY_FILE_WRITE`
 */
export async function gatherPhotographs(input: string, options: GatherOptions): Promise<Photographs> {
  const { folder, side, signal, onProgress } = options;
  const files = await picturesAt(input);
  const names = files.map((file) => path.relative(input, file) || path.basename(file));
  const stamps = await Promise.all(files.map(pictureStamp));
  const key = sha256(JSON.stringify([version, side, names, stamps]));
  const index = path.join(folder, 'photographs.json');
  const file = path.join(folder, 'photographs.rgb');
  const before = readBack(index);
  if (before?.key === key && existsSync(file)) return { ...before, file };

  const leftOut: LeftOut[] = [];
  const known = new Map<string, HoldOutCandidate>();
  const writer = new PhotographWriter(file);
  try {
    for await (const [at, image] of decoded(files, signal)) {
      onProgress?.('reading', at + 1, files.length);
      const name = names[at]!;
      if (image instanceof Error) {
        leftOut.push(leftOutFor(name, image));
        continue;
      }
      const hash = sha256(image.data);
      if (isColourless(image)) leftOut.push({ file: name, reason: 'colourless' });
      else if (known.has(hash)) leftOut.push({ file: name, reason: 'copy' });
      else {
        known.set(hash, { hash: pixelHash(image), fingerprint: compact(fingerprint(image)) });
        writer.add(resize(toRgb(image), side));
      }
    }
  } finally {
    writer.close();
  }
  const candidates = [...known.values()];
  const { heldOut, nearDuplicates } = await chooseHeldOut(candidates, {
    ...(signal && { signal }),
    onProgress: (done, total) => onProgress?.('comparing', done, total),
  });
  const positions = candidates.map((_, i) => i);
  const photographs: Photographs = {
    key,
    file,
    side,
    contents: sha256([...known.keys()].join('\n')),
    training: positions.filter((i) => !heldOut[i]),
    heldOut: positions.filter((i) => heldOut[i]),
    nearDuplicates,
    leftOut,
  };
  writeFileAtomic(index, `${JSON.stringify(photographs)}\n`);
  return photographs;
}

/** What the search for near-duplicates looks at. */
function compact({ thumbnail, content, landmarks }: Fingerprint): HoldOutCandidate['fingerprint'] {
  return { thumbnail, content, landmarks };
}

/** Pictures in the order of their files, a few decoded ahead. */
async function* decoded(
  files: readonly string[],
  signal: AbortSignal | undefined,
): AsyncGenerator<readonly [at: number, image: DecodedImage | Error]> {
  const started: Promise<DecodedImage | Error>[] = [];
  const start = (at: number): void => {
    if (at >= files.length) return;
    started[at] = decodeUpright(files[at]!).catch((error: Error) => error);
  };
  for (let at = 0; at < ahead; at++) start(at);
  for (const at of files.keys()) {
    signal?.throwIfAborted();
    start(at + ahead);
    yield [at, await started[at]!];
    delete started[at];
  }
}

/** A photograph as its camera's owner sees it: things lie differently on their sides, and colours with them. */
async function decodeUpright(file: string): Promise<DecodedImage> {
  const image = await decodeImage(file, { minSide: leastSide });
  return { ...image, ...upright(image, image.orientation) };
}

function readBack(index: string): Photographs | undefined {
  try {
    return JSON.parse(readFileSync(index, 'utf8')) as Photographs;
  } catch {
    return undefined;
  }
}
