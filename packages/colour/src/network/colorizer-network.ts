import path from 'node:path';
import { listed, percent } from '@chromaray/base';
import {
  type Backbone,
  backbonePrefix,
  buildDeoldifyGenerator,
  type InputScale,
  loadWeights,
  type Model,
  readBackbone,
  type TrainableModel,
  type WeightsFile,
} from '@chromaray/engine';
import type { ContractName } from '../colorizer/contract.js';
import { colorizerError } from '../errors/colorizer-error.js';
import { encoderStrides, sideUnit } from './colour-unet.js';
import { deoldifyFile, deoldifySideUnit } from './deoldify.js';
import type { DeoldifySizes } from './deoldify-sizes.js';
import { type ColourAnswer, colourUNetFile, trainableColourUNet } from './models.js';
import type { ColourLoss, NetworkName } from './network-names.js';
import type { PictureUnits } from './picture.js';

export type { ColourLoss } from './network-names.js';

/** Weights by name, running statistics included. */
export type Weights = ReadonlyMap<string, Float32Array>;

/** A network as it is trained, and what its model gives: U and V at some size, or the coloured picture at its own. */
export interface TrainedForm {
  readonly model: TrainableModel;
  readonly gives: 'chroma' | PictureUnits;
}

/** A network that can be trained to colour. */
export interface ColorizerNetwork {
  readonly name: NetworkName;
  /** Of its file. */
  readonly contract: ContractName;
  /** Sides of pictures are multiples of this. */
  readonly sideUnit: number;
  /** What it can learn, the usual first. */
  readonly losses: readonly ColourLoss[];
  /** For people: sizes that were chosen. */
  readonly summary: string;
  /**
   * @param side of the pictures
   * @param seed of the first weights, which depend on it and on nothing else
   */
  form(side: number, seed: number | string, answer: ColourAnswer, loss: ColourLoss): TrainedForm;
  /** Its file, the large tensors in float16. */
  file(weights: Weights, answer: ColourAnswer): Model;
  /** Factor on the learning rate of a tensor. Default: 1. */
  rate?(tensor: string): number;
  /** Whether a tensor is a convolution of the contracting half, which NoGAN leaves as it is. */
  isEncoder(tensor: string): boolean;
}

export const colourUNet: ColorizerNetwork = {
  ...unetForms(),
  summary: 'colour-unet',
  isEncoder: (tensor) => /^level-\d\/.*\/kernel$/.test(tensor),
};

/** What has been learned before learns on at this share of the learning rate. */
const encoderRate = 0.1;

/** `colour-unet` with a pretrained network in place of its way down, see `readBackbone`. */
export function colourUNetWith({ file, encoder }: ReadEncoder): ColorizerNetwork {
  const isEncoder = (tensor: string) => tensor.startsWith(backbonePrefix);
  const tensors = listed(encoder.skips.map(({ tensor }) => tensor));
  return {
    ...unetForms(encoder),
    summary: `colour-unet on ${path.basename(file.file)} (SHA-256 ${file.sha256.slice(0, 16)}…) up to ${tensors}, which learns at ${percent(encoderRate, 0)} of the rate`,
    isEncoder,
    rate: (tensor) => (isEncoder(tensor) ? encoderRate : 1),
  };
}

/** A pretrained network, read to be an encoder. */
export interface ReadEncoder {
  readonly file: WeightsFile;
  readonly encoder: Backbone;
}

/**
 * Reads a pretrained network to be the encoder of `colour-unet`.
 *
 * @param scale what its pixels are scaled to
 * @throws ChromarayError of `loadWeights` and `readBackbone`
 */
export function readEncoder(file: string, scale: InputScale): ReadEncoder {
  const weights = loadWeights(file);
  return { file: weights, encoder: readBackbone(weights, scale, encoderStrides) };
}

function unetForms(encoder?: Backbone): Omit<ColorizerNetwork, 'summary' | 'isEncoder'> {
  return {
    name: 'colour-unet',
    contract: 'uv',
    sideUnit,
    losses: ['classes', 'l1', 'pixels'],
    form(side, seed, answer, loss) {
      const learned = ({ classes: 'bins', l1: 'colours', pixels: 'picture' } as const)[loss];
      const model = trainableColourUNet(side, seed, answer, learned, encoder);
      return { model, gives: loss === 'pixels' ? 'imagenet' : 'chroma' };
    },
    file(weights, answer) {
      const { initializers } = trainableColourUNet(sideUnit, 0, answer, 'bins', encoder).model.graph;
      const tensors = [...weights].map(([name, data]) => [name, { ...initializers.get(name)!, data }] as const);
      return colourUNetFile(new Map(tensors), answer, encoder);
    },
  };
}

/**
 * DeOldify's generator.
 *
 * @throws ChromarayError `CHROMARAY_COLORIZER_TRAINING_OPTION` for sizes of which a layer would have no channels
 */
export function deoldify(sizes: DeoldifySizes): ColorizerNetwork {
  checkSizes(sizes);
  return {
    name: 'deoldify',
    contract: 'deoldify-imagenet',
    sideUnit: deoldifySideUnit,
    losses: ['pixels'],
    summary: `DeOldify’s generator, decoder at factor ${sizes.factor} (published: 1.5), encoder of ${sizes.encoderChannels} channels (published: 64)`,
    form(side, seed) {
      return { model: buildDeoldifyGenerator({ height: side, width: side, seed, ...sizes }), gives: 'unit' };
    },
    file: (weights) => deoldifyFile(sizes, weights),
    isEncoder: (tensor) => /^encoder\/.*\/kernel$/.test(tensor),
  };
}

/** Queries and keys of the self-attention have an eighth of the channels of the second block. */
function checkSizes({ factor, encoderChannels }: DeoldifySizes): void {
  const first = Math.floor(8 * encoderChannels * factor);
  const second = Math.floor((Math.floor(first / 2) + 2 * encoderChannels) * factor);
  if (second >= 8) return;
  throw colorizerError('TRAINING_OPTION', {
    message: `At factor ${factor} with ${encoderChannels} channels in its encoder, DeOldify’s self-attention would have ${second} channels; at least 8 are needed.`,
    remedy: 'Choose a higher factor, or more channels.',
    details: { factor, encoderChannels },
  });
}
