/**
 * What colorizing networks take and give. Each family of files has one contract; a file is declared to follow
 * it when it is added, and checked against it whenever it runs.
 *
 * Sources: DeOldify, `deoldify/filters.py` (Pillow's bilinear stretch, ImageNet statistics, truncation to bytes,
 * YUV with the original's luma); facefusion's exports of the same weights, which normalise inside the graph;
 * DDColor, `infer.py`; Zhang, Isola and Efros (ECCV 2016) and Zhang et al. (SIGGRAPH 2017), `colorizers/util.py`.
 */
import type { MergeMode, TensorNames } from './colorizer.js';

export const contractNames = ['uv', 'deoldify-raw', 'deoldify-imagenet', 'ddcolor', 'zhang'] as const;
export type ContractName = (typeof contractNames)[number];

export interface ColorizerContract {
  /** For people. */
  readonly summary: string;
  readonly input: {
    readonly channels: 1 | 3;
    /**
     * - `levels`: gray levels 0-255;
     * - `imagenet`: levels / 255, less ImageNet's mean, over its standard deviation;
     * - `unit`: levels / 255;
     * - `lightness`: L of Lab, 0-100.
     */
    readonly values: 'levels' | 'imagenet' | 'unit' | 'lightness';
    readonly range: readonly [number, number];
    /** How a picture becomes the square: each recipe was written around one library's resizing. */
    readonly stretch: 'pillow-bilinear' | 'pillow-bicubic' | 'linear';
  };
  readonly output: {
    readonly channels: 2 | 3;
    /**
     * `levels` and `imagenet` are red, green and blue in the input's encoding; `chroma` is a and b of Lab; `uv` is U
     * and V of YUV in gray levels, 0 for gray.
     */
    readonly values: 'levels' | 'imagenet' | 'chroma' | 'uv';
  };
  readonly merge: MergeMode;
  /** The square's side is 16 times this. */
  readonly renderFactor: { readonly standard: number; readonly allowed: readonly number[] | 'any' };
  /** Names of the tensors, where the file is not declared to use others. */
  readonly tensors: TensorNames;
}

/** Pixels of the square's side for one unit of the render factor. */
export const renderUnit = 16;

const tensors: TensorNames = { input: 'input', output: 'output' };

export const contracts: Readonly<Record<ContractName, ColorizerContract>> = {
  uv: {
    summary: 'colorizers that Chromaray trains: gray 0-1 in, U and V of YUV in gray levels out',
    input: { channels: 1, values: 'unit', range: [0, 1], stretch: 'pillow-bilinear' },
    output: { channels: 2, values: 'uv' },
    merge: 'luma',
    renderFactor: { standard: 16, allowed: 'any' },
    tensors,
  },
  'deoldify-raw': {
    summary: 'DeOldify with the normalisation inside: gray levels 0-255 on three channels in, RGB 0-255 out',
    input: { channels: 3, values: 'levels', range: [0, 255], stretch: 'pillow-bilinear' },
    output: { channels: 3, values: 'levels' },
    merge: 'luma',
    renderFactor: { standard: 35, allowed: 'any' },
    tensors,
  },
  'deoldify-imagenet': {
    summary: 'DeOldify with the normalisation outside: ImageNet-normalised gray in, ImageNet-normalised RGB out',
    input: { channels: 3, values: 'imagenet', range: [-2.1179, 2.64], stretch: 'pillow-bilinear' },
    output: { channels: 3, values: 'imagenet' },
    merge: 'luma',
    renderFactor: { standard: 35, allowed: 'any' },
    tensors,
  },
  ddcolor: {
    summary: 'DDColor: neutral gray as RGB 0-1 in, a and b of Lab out, at 256 or 512 pixels',
    input: { channels: 3, values: 'unit', range: [0, 1], stretch: 'linear' },
    output: { channels: 2, values: 'chroma' },
    merge: 'lightness',
    renderFactor: { standard: 32, allowed: [16, 32] },
    tensors,
  },
  zhang: {
    summary: 'Zhang et al., ECCV16 and SIGGRAPH17: L of Lab 0-100 in, a and b out, at 256 pixels',
    input: { channels: 1, values: 'lightness', range: [0, 100], stretch: 'pillow-bicubic' },
    output: { channels: 2, values: 'chroma' },
    merge: 'lightness',
    renderFactor: { standard: 16, allowed: [16] },
    tensors,
  },
};
