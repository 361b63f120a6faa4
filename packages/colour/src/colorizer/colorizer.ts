/**
 * A colorizer takes gray pictures and gives RGB pictures of the same sizes. It is built in (a colour map) or a
 * network from an ONNX file; whoever uses one need not know which. What a network expects and gives is its
 * contract (contract.ts); installed.ts, add.ts and pull.ts are about its file.
 */
import type { GrayImage, Image } from '@chromaray/imaging';

/** How a network's colours meet the gray picture: on its luma (YUV), on its lightness (Lab), or not at all. */
export type MergeMode = 'luma' | 'lightness' | 'none';

export interface Colorizer {
  readonly name: string;
  /** Hash of everything that decides its colours: the file, the contract, the size. Equal keys, equal colours. */
  readonly key: string;
  /** Side in pixels of the square that the network sees; undefined where every pixel is coloured by itself. */
  readonly inputSize: number | undefined;
  /** Lowest and highest number that the colorizer is fed. */
  readonly valueRange: readonly [number, number];
  /** Names in the ONNX file; undefined for a built-in one. */
  readonly tensors: TensorNames | undefined;
  readonly merge: MergeMode;
  /**
   * Colours pictures of any sizes, in order; each result has the size of its source.
   *
   * @throws ChromarayError `CHROMARAY_COLORIZER_RANGE` for colours that cannot be right, `_SIZE` and `_RUN` when
   *   the network does not do what its contract says
   */
  colorize(images: readonly GrayImage[]): Promise<Image[]>;
  /** Gives memory back; nothing can be colorized afterwards. */
  release(): Promise<void>;
}

export interface TensorNames {
  readonly input: string;
  readonly output: string;
}
