import { rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { temporaryName, writeFileAtomic } from '@chromaray/base';
import { arraySource, buildPreset, predict } from '@chromaray/engine';
import { decodeGray, encodePng } from '@chromaray/imaging';
import { openStudyStore } from '@chromaray/store';

/** One thing a study cannot do without, tried out. */
export interface Check {
  readonly what: string;
  readonly works: boolean;
  /** Why it does not work; null when it does. */
  readonly reason: string | null;
}

const side = 32;

/** Tries each native library on something small, and writing; whatever is written is removed again. */
export async function selfChecks(): Promise<readonly Check[]> {
  const folder = path.join(tmpdir(), path.basename(temporaryName('chromaray-doctor')));
  try {
    return [
      await check('reading a picture', () => readPicture(path.join(folder, 'picture.png'))),
      await check('running a network', runNetwork),
      await check('keeping a study', () => openStudyStore(path.join(folder, 'study.db')).close()),
      await check('writing in this folder', writeHere),
    ];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function check(what: string, attempt: () => unknown): Promise<Check> {
  try {
    await attempt();
    return { what, works: true, reason: null };
  } catch (error) {
    return { what, works: false, reason: error instanceof Error ? error.message : String(error) };
  }
}

/** Studies are written below the folder in which a command is run, unless another is named. */
function writeHere(): void {
  const file = temporaryName(path.resolve('doctor'));
  try {
    writeFileAtomic(file, 'chromaray doctor');
  } finally {
    rmSync(file, { force: true });
  }
}

async function readPicture(file: string): Promise<void> {
  const data = Uint8Array.from({ length: side * side }, (_, i) => i % 256);
  writeFileAtomic(file, await encodePng({ width: side, height: side, channels: 1, data }));
  const read = await decodeGray(file);
  if (Buffer.compare(read.data, data) !== 0) throw new Error('the pixels read are not those written');
}

async function runNetwork(): Promise<void> {
  const { model } = buildPreset('small', { height: side, width: side, transform: { kind: 'gray' }, seed: 1 });
  const [probability] = await predict(
    model,
    arraySource({ shape: [1, side, side], pixels: new Uint8Array(side * side) }),
  );
  if (!(probability! > 0 && probability! < 1)) throw new Error(`the network gave ${probability}, no probability`);
}
