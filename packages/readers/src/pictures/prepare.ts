import { existsSync, mkdirSync } from 'node:fs';
import path from 'node:path';
import { isChromarayError, readRegularFileSync, sha256, writeError, writeFileAtomic } from '@chromaray/base';
import { type ArmColouring, inputTransform, openArmColouring } from '@chromaray/colour';
import type { ArmSection, ReaderCase } from '@chromaray/contracts';
import { codedError } from '@chromaray/contracts/errors';
import { decodeGray, type GrayImage, type Image, readSource, resize, type Size } from '@chromaray/imaging';
import { encodeFrame, type FrameRoom } from './frame.js';

export interface PicturesRequest {
  readonly cases: readonly ReaderCase[];
  readonly arms: readonly Pick<ArmSection, 'colour'>[];
  /** Longest side in pixels. */
  readonly side: number;
  /** Where prepared pixels are kept. */
  readonly folder: string;
  readonly onProgress?: (done: number, total: number) => void;
  readonly signal?: AbortSignal;
}

/** A case that cannot be shown. */
export interface UnreadablePicture {
  readonly case: string;
  readonly why: string;
}

/** The pictures of a study, ready to be sent. */
export interface Pictures {
  readonly unreadable: readonly UnreadablePicture[];
  /** Bytes of every frame. */
  readonly frameLength: number;
  /** The frame of a case in an arm; undefined where it cannot be read. */
  frame(name: string, arm: number): Uint8Array | undefined;
  /** The gray picture as it is shown; undefined where it cannot be read. */
  gray(name: string): GrayImage | undefined;
}

/**
 * Decodes, reduces and colours every picture once, before anybody reads: what is sent later takes the same time for all
 * of them, and a picture that cannot be read is known beforehand. Prepared pixels are kept in a folder for the next
 * start. A file that is not the registered one counts as unreadable.
 *
 * @throws ChromarayError what `openArmColouring` throws; `CHROMARAY_FILE_WRITE`; `CHROMARAY_INTERRUPTED`
 */
export async function preparePictures(request: PicturesRequest): Promise<Pictures> {
  const { cases, arms, side, folder, onProgress = () => {}, signal } = request;
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
  } catch (error) {
    throw writeError(folder, error);
  }
  const colourings = await Promise.all(arms.map(({ colour }) => openArmColouring(colour)));
  const tables = arms.map(({ colour }, arm) => (colourings[arm] === undefined ? tableOf(colour) : null));
  const found = new Map<string, PreparedCase>();
  const unreadable: UnreadablePicture[] = [];
  try {
    for (const [done, one] of cases.entries()) {
      if (signal?.aborted) throw interrupted();
      onProgress(done, cases.length);
      try {
        found.set(one.name, await prepareCase(one, { side, folder, colourings }));
      } catch (error) {
        if (!isChromarayError(error) || error.code === 'CHROMARAY_FILE_WRITE') throw error;
        unreadable.push({ case: one.name, why: error.message });
      }
    }
    onProgress(cases.length, cases.length);
  } finally {
    for (const colouring of colourings) await colouring?.release();
  }
  const room: FrameRoom = {
    pixels: Math.max(0, ...[...found.values()].map(({ size }) => size.width * size.height)),
    hasRgb: colourings.some((colouring) => colouring !== undefined),
  };
  return {
    unreadable,
    frameLength: encodeFrame({ width: 0, height: 0, gray: new Uint8Array(), table: identity, rgb: null }, room).length,
    frame(name, arm) {
      const prepared = found.get(name);
      if (prepared === undefined) return undefined;
      const rgbFile = prepared.rgb[arm] ?? null;
      const gray = samplesIn(prepared.gray);
      const rgb = rgbFile === null ? null : samplesIn(rgbFile);
      return encodeFrame({ ...prepared.size, gray, table: tables[arm] ?? identity, rgb }, room);
    },
    gray(name) {
      const prepared = found.get(name);
      return prepared && { ...prepared.size, channels: 1, data: samplesIn(prepared.gray) };
    },
  };
}

interface PreparedCase {
  readonly size: Size;
  /** Files of prepared samples. */
  readonly gray: string;
  /** Parallel to the arms; undefined where a table colours. */
  readonly rgb: readonly (string | undefined)[];
}

const identity = Uint8Array.from({ length: 768 }, (_, i) => Math.floor(i / 3));

function tableOf(colour: ArmSection['colour']): Uint8Array {
  const transform = inputTransform(colour);
  return transform.kind === 'table' ? transform.table : identity;
}

async function prepareCase(
  one: ReaderCase,
  { side, folder, colourings }: { side: number; folder: string; colourings: readonly (ArmColouring | undefined)[] },
): Promise<PreparedCase> {
  const encoded = await readSource(one.file);
  if (sha256(encoded.bytes) !== one.sha256) {
    throw codedError('CHROMARAY_READERS_PICTURES', {
      message: `${one.file} is not the file that was registered.`,
      remedy: 'Restore it.',
    });
  }
  const name = (kind: string) => path.join(folder, `${sha256(`${one.sha256} ${side} ${kind}`).slice(0, 32)}.raw`);
  const grayFile = name('gray');
  let full: GrayImage | undefined;
  let gray: GrayImage | undefined;
  const fullPicture = async () => (full ??= await decodeGray(encoded));
  const shownPicture = async () => (gray ??= resize(await fullPicture(), fitted(await fullPicture(), side)));
  if (!existsSync(grayFile)) save(grayFile, await shownPicture());
  const rgb: (string | undefined)[] = [];
  for (const colouring of colourings) {
    if (colouring === undefined) {
      rgb.push(undefined);
      continue;
    }
    const { key, at, colour } = colouring.colouring;
    const file = name(key);
    if (!existsSync(file)) {
      const shown = await shownPicture();
      save(file, at === 'pack-size' ? await colour(shown) : resize(await colour(await fullPicture()), shown));
    }
    rgb.push(file);
  }
  return { size: sizeIn(grayFile), gray: grayFile, rgb };
}

/** The largest size within a square of `side` pixels, of the same proportions; never larger than the picture. */
function fitted({ width, height }: Size, side: number): Size {
  const scale = Math.min(1, side / Math.max(width, height));
  return { width: Math.max(1, Math.round(width * scale)), height: Math.max(1, Math.round(height * scale)) };
}

/** Width and height, then the samples. */
function save(file: string, { width, height, data }: GrayImage | Image): void {
  const size = new Uint8Array(8);
  const view = new DataView(size.buffer);
  view.setUint32(0, width, true);
  view.setUint32(4, height, true);
  writeFileAtomic(file, [size, data]);
}

function sizeIn(file: string): Size {
  const view = viewOf(readRegularFileSync(file));
  return { width: view.getUint32(0, true), height: view.getUint32(4, true) };
}

function samplesIn(file: string): Uint8Array {
  return readRegularFileSync(file).subarray(8);
}

function viewOf(bytes: Buffer): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

function interrupted() {
  return codedError('CHROMARAY_INTERRUPTED', {
    message: 'Stopped while pictures were prepared.',
    remedy: 'Run the same command again; prepared pictures are kept.',
  });
}
