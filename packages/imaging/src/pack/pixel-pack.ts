import { ChromarayError } from '@chromaray/base';

/** Pictures, rows, columns, channels. */
export type PackShape = readonly [count: number, height: number, width: number, channels: 1 | 3];

/** Pictures of one size, decoded and ready for training: uint8 [n, h, w, c], each known by an id. */
export interface PixelPack {
  /** The hash of everything that made the pack; equal keys mean equal pixels. */
  readonly key: string;
  readonly shape: PackShape;
  /** The id of each picture, in the order of the pack. */
  readonly ids: readonly string[];
  /** The file behind the pack, where there is one: another process opens it with `openPack`. */
  readonly file: string | undefined;
  /** Position of a picture, or undefined when the pack does not hold it. */
  indexOf(id: string): number | undefined;
  /**
   * Copies picture `index`, h * w * c samples, to `target` from `offset` on.
   *
   * @throws ChromarayError `CHROMARAY_PACK_RANGE` when there is no such picture or no room
   */
  read(index: number, target: Uint8Array, offset?: number): void;
  /** Gives the file back; nothing can be read afterwards. */
  close(): void;
}

/** What packs of either kind share: ids and the checks of `read`. */
export abstract class BasePack implements PixelPack {
  abstract readonly file: string | undefined;
  private indices: Map<string, number> | undefined;

  constructor(
    readonly key: string,
    readonly shape: PackShape,
    readonly ids: readonly string[],
  ) {}

  /** Samples a picture. */
  get sampleCount(): number {
    const [, height, width, channels] = this.shape;
    return height * width * channels;
  }

  indexOf(id: string): number | undefined {
    this.indices ??= new Map(this.ids.map((known, index) => [known, index]));
    return this.indices.get(id);
  }

  read(index: number, target: Uint8Array, offset = 0): void {
    if (!Number.isInteger(index) || index < 0 || index >= this.shape[0]) {
      throw rangeError(`There is no picture ${index} in a pixel pack of ${this.shape[0]}.`);
    }
    if (!Number.isInteger(offset) || offset < 0 || offset + this.sampleCount > target.length) {
      throw rangeError(`A picture of ${this.sampleCount} samples does not fit at ${offset} of ${target.length}.`);
    }
    this.copy(index, target, offset);
  }

  abstract close(): void;
  protected abstract copy(index: number, target: Uint8Array, offset: number): void;
}

function rangeError(message: string): ChromarayError {
  return new ChromarayError({
    code: 'CHROMARAY_PACK_RANGE',
    message,
    remedy: 'Take positions from indexOf(id), and give a target with room for shape[1] * shape[2] * shape[3] samples.',
  });
}
