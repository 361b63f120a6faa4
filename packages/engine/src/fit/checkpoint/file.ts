import { createHash } from 'node:crypto';
import { ChromarayError } from '@chromaray/base';
import type { TrainingState } from '../../backends/backend.js';
import type { EpochRecord } from '../fit-types.js';
import type { FitProgress } from '../progress.js';

/** What every checkpoint says of itself, beside its tensors. */
export interface CheckpointHeader {
  /** Hash of everything that decides the numbers; a checkpoint of another training is refused. */
  readonly identity: string;
  /** What computed it, in words; absent where nobody said. */
  readonly profile?: string;
  /** Epochs, or other stretches of a training, done. */
  readonly epoch: number;
  readonly progress: Pick<FitProgress, 'bestEpoch'>;
}

/** What is kept of a training at the end of an epoch. */
export interface FitHeader extends CheckpointHeader {
  /** Steps done; dropout and bias correction go on from here. */
  readonly step: number;
  /** Seed of order and dropout, from which every epoch's and step's numbers follow. */
  readonly seed: number;
  readonly history: readonly EpochRecord[];
  readonly progress: FitProgress;
}

export interface Checkpoint<H extends CheckpointHeader = FitHeader> {
  readonly header: H;
  readonly state: TrainingState;
}

/*
 * The file: 8 bytes of magic, the header's length (uint32, little-endian), the header as JSON, padding to 8
 * bytes, the tensors as float32 in the header's order, and the SHA-256 of all that.
 */
const magic = Buffer.from('CHRMCKP1', 'latin1');
const digestBytes = 32;

interface TensorEntry {
  readonly kind: keyof TrainingState;
  readonly name: string;
  readonly length: number;
}

/** The parts of a checkpoint file, to be written one after another. */
export function encodeCheckpoint({ header, state }: Checkpoint<CheckpointHeader>): readonly Uint8Array[] {
  const entries: TensorEntry[] = [];
  const tensors: Uint8Array[] = [];
  for (const kind of ['weights', 'slots'] as const) {
    for (const [name, data] of state[kind]) {
      entries.push({ kind, name, length: data.length });
      tensors.push(new Uint8Array(data.buffer, data.byteOffset, data.byteLength));
    }
  }
  const json = Buffer.from(JSON.stringify({ header, entries }, writeNumber));
  const start = Buffer.alloc(aligned(magic.length + 4 + json.length));
  magic.copy(start);
  start.writeUInt32LE(json.length, magic.length);
  json.copy(start, magic.length + 4);
  const hash = createHash('sha256').update(start);
  for (const tensor of tensors) hash.update(tensor);
  return [start, ...tensors, hash.digest()];
}

/**
 * Reads a checkpoint file back.
 *
 * @throws ChromarayError `CHROMARAY_CHECKPOINT_CORRUPT` when the bytes are not what was written
 */
export function decodeCheckpoint<H extends CheckpointHeader = FitHeader>(bytes: Buffer, file: string): Checkpoint<H> {
  const end = bytes.length - digestBytes;
  if (end < magic.length + 4 || !bytes.subarray(0, magic.length).equals(magic))
    throw corruptCheckpoint(file, 'is no checkpoint');
  const digest = createHash('sha256').update(bytes.subarray(0, end)).digest();
  if (!digest.equals(bytes.subarray(end))) throw corruptCheckpoint(file, 'does not match its checksum');
  const length = bytes.readUInt32LE(magic.length);
  const json = bytes.subarray(magic.length + 4, magic.length + 4 + length).toString();
  const { header, entries } = JSON.parse(json, readNumber) as { header: H; entries: TensorEntry[] };
  const state = { weights: new Map<string, Float32Array>(), slots: new Map<string, Float32Array>() };
  let offset = aligned(magic.length + 4 + length);
  for (const entry of entries) {
    const data = new Float32Array(entry.length);
    new Uint8Array(data.buffer).set(bytes.subarray(offset, offset + data.byteLength));
    state[entry.kind].set(entry.name, data);
    offset += data.byteLength;
  }
  return { header, state };
}

function aligned(size: number): number {
  return Math.ceil(size / 8) * 8;
}

/** JSON has no NaN and no infinities; a metric may be one. */
function writeNumber(_key: string, value: unknown): unknown {
  return typeof value === 'number' && !Number.isFinite(value) ? { number: String(value) } : value;
}

function readNumber(_key: string, value: unknown): unknown {
  const text = (value as { number?: unknown } | null)?.number;
  return typeof text === 'string' ? Number(text) : value;
}

/** A checkpoint file that cannot be used. */
export function corruptCheckpoint(file: string, problem: string): ChromarayError {
  return new ChromarayError({
    code: 'CHROMARAY_CHECKPOINT_CORRUPT',
    message: `The checkpoint ${file} ${problem}.`,
    remedy: 'Delete the folder it is in to begin this training anew.',
    details: { file },
  });
}
