import { existsSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import path from 'node:path';
import { ChromarayError, isChromarayError, writeError, writeFileAtomic } from '@chromaray/base';
import {
  type Checkpoint,
  type CheckpointHeader,
  corruptCheckpoint,
  decodeCheckpoint,
  encodeCheckpoint,
  type FitHeader,
} from './file.js';

export interface Restored<H extends CheckpointHeader = FitHeader> {
  readonly checkpoint: Checkpoint<H>;
  /** Weights of the best epoch so far, when that is not the last. */
  readonly best: ReadonlyMap<string, Float32Array> | undefined;
  /** Set when the newest file was damaged and an older one takes its place. */
  readonly damaged: string | undefined;
}

/** A checkpoint before the store has said which training it belongs to. */
export interface Unsigned<H extends CheckpointHeader = FitHeader> {
  readonly header: Omit<H, 'identity' | 'profile'>;
  readonly state: Checkpoint['state'];
}

/**
 * The checkpoints of one training, in a folder of its own: `last`, `previous` (one epoch older, in case
 * `last` is damaged) and the weights of the best epoch. Each file is written beside its place and renamed,
 * so that a crash or a full disk at any moment leaves a training that goes on.
 */
export class CheckpointStore<H extends CheckpointHeader = FitHeader> {
  /** Best epoch according to the checkpoint saved or loaded before. */
  private savedBest = 0;

  constructor(
    private readonly folder: string,
    private readonly identity: string,
    private readonly profile?: string,
  ) {}

  /** Removes what an earlier training has left. */
  clear(): void {
    this.savedBest = 0;
    for (const file of this.files()) rmSync(path.join(this.folder, file), { force: true });
  }

  /**
   * The newest checkpoint that is whole, or undefined when there is none at all.
   *
   * @throws ChromarayError `CHROMARAY_CHECKPOINT_MISMATCH` when it belongs to another training,
   *   `CHROMARAY_CHECKPOINT_CORRUPT` when none of those found is whole
   */
  load(): Restored<H> | undefined {
    let damage: ChromarayError | undefined;
    // `next` is there only when the program ended between writing it and giving it its name.
    for (const name of ['next', 'last', 'previous']) {
      const file = this.path(name);
      if (!existsSync(file)) continue;
      try {
        const checkpoint = this.read(file);
        this.savedBest = checkpoint.header.progress.bestEpoch;
        return { checkpoint, best: this.best(checkpoint), damaged: damage?.message };
      } catch (error) {
        if (!isCorrupt(error)) throw error;
        damage ??= error;
      }
    }
    if (damage !== undefined) throw damage;
    return undefined;
  }

  /** Writes the end of an epoch. When this epoch is the best so far its weights are kept as such. */
  save({ header: unsigned, state }: Unsigned<H>): void {
    const { identity, profile } = this;
    const header = { ...unsigned, identity, ...(profile !== undefined && { profile }) } as H;
    if (header.progress.bestEpoch === header.epoch) {
      const best: Checkpoint<H> = { header, state: { weights: state.weights, slots: new Map() } };
      writeFileAtomic(this.path(bestName(header.epoch)), encodeCheckpoint(best));
    }
    const before = existsSync(this.path('last')) ? this.path('last') : undefined;
    writeFileAtomic(this.path('next'), encodeCheckpoint({ header, state }));
    try {
      if (before !== undefined) renameSync(before, this.path('previous'));
      renameSync(this.path('next'), this.path('last'));
    } catch (cause) {
      throw writeError(this.path('last'), cause);
    }
    this.removeOldBests(header.progress.bestEpoch);
  }

  /** The best weights that `last` and `previous` ask for stay. */
  private removeOldBests(best: number): void {
    const wanted = [best, this.savedBest].map((epoch) => this.fileName(bestName(epoch)));
    for (const file of this.files()) {
      if (file.startsWith('best-') && !wanted.includes(file)) rmSync(path.join(this.folder, file), { force: true });
    }
    this.savedBest = best;
  }

  private best({ header, state }: Checkpoint<H>): ReadonlyMap<string, Float32Array> | undefined {
    const { bestEpoch } = header.progress;
    if (bestEpoch === header.epoch) return state.weights;
    const file = this.path(bestName(bestEpoch));
    if (!existsSync(file)) throw corruptCheckpoint(file, 'is missing');
    return this.read(file).state.weights;
  }

  private read(file: string): Checkpoint<H> {
    const checkpoint = decodeCheckpoint<H>(readFileSync(file), file);
    if (checkpoint.header.identity === this.identity) return checkpoint;
    throw new ChromarayError({
      code: 'CHROMARAY_CHECKPOINT_MISMATCH',
      message: `The checkpoint ${file} belongs to a training with another model, other data or other options.`,
      remedy: 'Choose another folder, or delete this one to begin anew.',
      details: { file },
    });
  }

  private files(): readonly string[] {
    if (!existsSync(this.folder)) return [];
    return readdirSync(this.folder).filter((file) => file.endsWith('.checkpoint'));
  }

  private path(name: string): string {
    return path.join(this.folder, this.fileName(name));
  }

  private fileName(name: string): string {
    return `${name}.checkpoint`;
  }
}

function bestName(epoch: number): string {
  return `best-${String(epoch).padStart(4, '0')}`;
}

function isCorrupt(error: unknown): error is ChromarayError {
  return isChromarayError(error) && (error as ChromarayError).code === 'CHROMARAY_CHECKPOINT_CORRUPT';
}
