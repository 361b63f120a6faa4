import { sha256 } from '@chromaray/base';
import { type FitEvent, type FitOptions, fit, type Loss, type TrainableModel, withWeights } from '@chromaray/engine';
import type { GrayImage } from '@chromaray/imaging';
import { type ColourAnswer, trainableColourUNet } from '../network/models.js';
import type { Photographs } from '../photographs/gather.js';
import type { PhotographStore } from '../photographs/store.js';
import { BinEncoder, type ColourBins } from './bins.js';
import type { PhotographAugmentation } from './example.js';
import type { TrainingStage } from './plan.js';
import { type ColourLoss, photographSource } from './source.js';

/** Weights by name, running statistics included. */
export type Weights = ReadonlyMap<string, Float32Array>;

/** What all stages of a training share. */
export interface StageContext {
  readonly photographs: Photographs;
  readonly store: PhotographStore;
  readonly bins: ColourBins;
  readonly answer: ColourAnswer;
  readonly loss: ColourLoss;
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
  /** Given U and V of the watched pictures after each epoch, [pictures, 2, side / 4, side / 4] in gray levels. */
  readonly onColours: (colours: Float32Array) => void;
}

/**
 * Trains at one size. A stage that was finished before is read back, one that was interrupted resumes after its last
 * epoch, both to the same bits.
 *
 * @throws ChromarayError of `fit`
 */
export async function trainStage(context: StageContext, options: StageOptions): Promise<StageResult> {
  const { photographs, store, bins, loss, augmentation, seed, watched } = context;
  const { stage, start } = options;
  const shared = { store, side: stage.side, encoder: new BinEncoder(bins), loss, seed };
  const train = photographSource({ ...shared, photographs: photographs.training, augmentation });
  const { model, history } = await fit({
    model: startOf(context, stage, start),
    train,
    validation: photographSource({ ...shared, photographs: watched.photographs, further: watched.xRays }),
    options: {
      ...context.execution,
      loss: fitLoss(loss, bins),
      optimizer: { kind: 'adam' },
      learningRate: stage.learningRate,
      schedule: { kind: 'one-cycle' },
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
    evaluate: (colours) => {
      options.onColours(colours);
      return {};
    },
    onEvent: options.onEvent,
    ...(context.signal && { signal: context.signal }),
  });
  const weights = [...model.graph.initializers].filter(([name]) => name.includes('/'));
  return {
    weights: new Map(weights.map(([name, { data }]) => [name, data as Float32Array])),
    seconds: history.reduce((sum, { seconds }) => sum + seconds, 0),
    examples: stage.epochs * train.count,
  };
}

function startOf({ seed, answer, loss }: StageContext, { side }: TrainingStage, start: Weights | undefined) {
  const fresh: TrainableModel = trainableColourUNet(side, seed, answer, loss === 'l1' ? 'colours' : 'bins');
  return start === undefined ? fresh : { ...fresh, model: withWeights(fresh.model, start) };
}

function fitLoss(loss: ColourLoss, { centres }: ColourBins): Loss {
  return loss === 'l1' ? { kind: 'l1' } : { kind: 'categorical-cross-entropy', classes: centres.length };
}
