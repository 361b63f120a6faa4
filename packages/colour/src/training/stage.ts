import { sha256 } from '@chromaray/base';
import {
  type FeatureLoss,
  type FitEvent,
  type FitOptions,
  fit,
  type Loss,
  type Model,
  type TrainableModel,
  withWeights,
} from '@chromaray/engine';
import type { GrayImage } from '@chromaray/imaging';
import type { ColorizerNetwork, ColourLoss, TrainedForm, Weights } from '../network/colorizer-network.js';
import type { ColourAnswer } from '../network/models.js';
import { chromaOf } from '../network/picture.js';
import type { Photographs } from '../photographs/gather.js';
import type { PhotographStore } from '../photographs/store.js';
import { BinEncoder, type ColourBins } from './bins.js';
import type { PhotographAugmentation } from './example.js';
import { recipes, type TrainingStage } from './plan.js';
import { photographSource } from './source.js';

/** What all stages of a training share. */
export interface StageContext {
  readonly photographs: Photographs;
  readonly store: PhotographStore;
  readonly bins: ColourBins;
  readonly answer: ColourAnswer;
  readonly network: ColorizerNetwork;
  readonly loss: ColourLoss;
  /** What a frozen network sees in the picture, where that is learned, too. */
  readonly features: FeatureLoss | undefined;
  readonly augmentation: PhotographAugmentation;
  readonly seed: number;
  /** Held-out photographs, and gray pictures after them, that are coloured after each epoch. */
  readonly watched: { readonly photographs: readonly number[]; readonly xRays: readonly GrayImage[] };
  /** Threads and backend. */
  readonly execution: Pick<FitOptions, 'threads' | 'backend'>;
  readonly signal: AbortSignal | undefined;
}

export interface StageResult {
  readonly weights: Weights;
  /** Seconds of training and validation, those before an interruption included. */
  readonly seconds: number;
  /** Photographs met. */
  readonly examples: number;
}

export interface StageOptions {
  readonly stage: TrainingStage;
  /** Of the stage before; undefined: the network's first ones. */
  readonly start: Weights | undefined;
  /** Of checkpoints. */
  readonly folder: string;
  readonly onEvent: (event: FitEvent) => void;
  /** Given U and V of the watched pictures after each epoch in gray levels, [pictures, 2, ...], squares of some side. */
  readonly onColours: (colours: Float32Array) => void;
}

/**
 * Trains at one size. A stage that was finished before is read back, one that was interrupted resumes after its last
 * epoch, both to the same bits.
 *
 * @throws ChromarayError of `fit`
 */
export async function trainStage(context: StageContext, options: StageOptions): Promise<StageResult> {
  const { photographs, store, bins, network, loss, features, augmentation, seed, watched } = context;
  const { stage, start } = options;
  const shared = { store, side: stage.side, encoder: new BinEncoder(bins), loss, seed };
  const train = photographSource({ ...shared, photographs: photographs.training, augmentation });
  const { model: fresh, gives } = network.form(stage.side, seed, context.answer, loss);
  const { model, history } = await fit({
    model: start === undefined ? fresh : { ...fresh, model: withWeights(fresh.model, start) },
    train,
    validation: photographSource({ ...shared, photographs: watched.photographs, further: watched.xRays }),
    options: {
      ...context.execution,
      loss: fitLoss(loss, bins, features),
      optimizer: recipes[network.name].optimizer,
      learningRate: stage.learningRate,
      schedule: { kind: 'one-cycle' },
      ...ratesOf(network, fresh),
      batch: stage.batch,
      epochs: stage.epochs,
      seed,
      // Nothing is chosen by the held-out photographs, so that what is measured on them stays fair.
      select: 'last',
      checkpoint: {
        folder: options.folder,
        identity: sha256(JSON.stringify([photographs.contents, photographs.training, augmentation, loss])),
      },
    },
    evaluate: (given) => {
      options.onColours(asChroma(given, gives, stage.side));
      return {};
    },
    onEvent: options.onEvent,
    ...(context.signal && { signal: context.signal }),
  });
  return {
    weights: weightsOf(model),
    seconds: history.reduce((sum, { seconds }) => sum + seconds, 0),
    examples: stage.epochs * train.count,
  };
}

/** Only where there are some: what a checkpoint belongs to says nothing else of a training without them. */
function ratesOf({ rate }: ColorizerNetwork, { trainable }: TrainableModel): Pick<FitOptions, 'learningRateFactors'> {
  return rate === undefined ? {} : { learningRateFactors: new Map(trainable.map((name) => [name, rate(name)])) };
}

/** U and V of what a network gives. */
export function asChroma(given: Float32Array, gives: TrainedForm['gives'], side: number): Float32Array {
  return gives === 'chroma' ? given : chromaOf(given, side * side, gives);
}

/** What training changes in a network. */
export function weightsOf({ graph }: Model): Weights {
  const weights = [...graph.initializers].filter(([name]) => name.includes('/'));
  return new Map(weights.map(([name, { data }]) => [name, data as Float32Array]));
}

function fitLoss(loss: ColourLoss, { centres }: ColourBins, features: FeatureLoss | undefined): Loss {
  if (loss === 'classes') return { kind: 'categorical-cross-entropy', classes: centres.length };
  return loss === 'pixels' ? pictureLoss(features) : { kind: 'l1' };
}

/** L1 of red, green and blue, and of what a frozen network sees in them, as DeOldify adds them up. */
export function pictureLoss(features: FeatureLoss | undefined): Loss {
  if (features === undefined) return { kind: 'l1' };
  const terms = [{ kind: 'l1' } as const, features].map((loss) => ({ loss, weight: 1 }));
  return { kind: 'sum', terms };
}
