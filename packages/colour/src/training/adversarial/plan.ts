import type { AdversarialOptions } from '@chromaray/engine';
import { optionError, type TrainingStage } from '../plan.js';
import { deoldifyNumbers } from './deoldify-numbers.js';
import type { LastStage } from './last-stages.js';

/** Choices in the stages of a critic. Defaults: DeOldify's, see `deoldifyNumbers`, but for the critic's size. */
export interface AdversarialChoices {
  /** Side of the pictures. Default: that of the last stage. */
  readonly side?: number;
  /** Share of the 256 channels that DeOldify's critic has. Default: 0.125. */
  readonly criticFactor?: number;
  /** Epochs at the higher and at the lower learning rate. */
  readonly criticEpochs?: readonly number[];
  /** Steps of NoGAN, of generator and critic together. */
  readonly steps?: number;
  /** How often critic and NoGAN are gone through. Default: once; DeOldify: 5 to 8 times. */
  readonly repeats?: number;
  /** Of the generator in NoGAN; the critic's is 5 times as high. */
  readonly learningRate?: number;
  /** The critic learns until its loss is below this. */
  readonly criticLoss?: number;
  /** Weight of the critic's judgement beside the generator's own loss. */
  readonly criticWeight?: number;
  readonly collapse?: AdversarialOptions['collapse'];
}

/** The stages of a critic as they are done. */
export interface AdversarialPlan {
  readonly last: 'critic' | 'nogan';
  readonly side: number;
  readonly criticFactor: number;
  readonly critic: {
    readonly batch: number;
    readonly epochs: readonly number[];
    readonly learningRates: readonly number[];
  };
  readonly noGan: {
    readonly batch: number;
    readonly steps: number;
    readonly learningRate: number;
    readonly criticLoss: number;
    readonly criticWeight: number;
    /** Steps between two points of the generator that are kept apart. */
    readonly every: number;
  };
  readonly repeats: number;
  readonly collapse: AdversarialOptions['collapse'];
}

/** Of a critic, sides below which its last layer has nothing to look at. */
const leastSide = 64;
/** A critic of about as many weights as colour-unet, which a processor trains beside it. */
const defaultCriticFactor = 0.125;

/**
 * @throws ChromarayError `CHROMARAY_COLORIZER_TRAINING_OPTION`
 */
export function planAdversarial(
  last: LastStage,
  stages: readonly TrainingStage[],
  sideUnit: number,
  choices: AdversarialChoices = {},
): AdversarialPlan | undefined {
  if (last === 'generator') return undefined;
  const { critic, noGan } = deoldifyNumbers;
  const {
    side = stages.at(-1)!.side,
    criticFactor = defaultCriticFactor,
    criticEpochs: epochs = critic.epochs,
  } = choices;
  if (side % sideUnit !== 0 || side < leastSide || side > 512) {
    throw optionError(
      `A critic cannot look at pictures of ${side} pixels a side.`,
      `Give a multiple of ${sideUnit} from ${leastSide} to 512 as its size, or larger photographs in the last stage.`,
    );
  }
  if (epochs.length !== 2 || !epochs.every((count) => Number.isInteger(count) && count >= 0) || epochs[0] === 0) {
    throw optionError(
      `The critic’s epochs are ${epochs.join(', ')}.`,
      'Give two numbers: epochs at the higher learning rate, at least 1, and at the lower one.',
    );
  }
  if (!(criticFactor >= 1 / 64 && criticFactor <= 2)) {
    throw optionError(`The critic’s factor is ${criticFactor}.`, 'Give a number from 0.016 to 2; DeOldify: 1.');
  }
  const batch = atSide(side, noGan.batch);
  const steps = choices.steps ?? Math.ceil(noGan.photographs / batch);
  return {
    ...{ last, side, criticFactor, repeats: choices.repeats ?? 1, collapse: choices.collapse },
    critic: { batch: atSide(side, critic.batch), epochs, learningRates: critic.learningRates },
    noGan: {
      ...{ batch, steps },
      learningRate: choices.learningRate ?? noGan.learningRate,
      criticLoss: choices.criticLoss ?? noGan.criticLoss,
      criticWeight: choices.criticWeight ?? noGan.criticWeight,
      every: Math.min(noGan.every, Math.ceil(steps / 4)),
    },
  };
}

/** As many pictures as have the area of DeOldify's batch, within what a batch should have. */
function atSide(
  side: number,
  { pictures, side: published }: { readonly pictures: number; readonly side: number },
): number {
  return Math.max(4, Math.min(32, Math.round(pictures * (published / side) ** 2)));
}
