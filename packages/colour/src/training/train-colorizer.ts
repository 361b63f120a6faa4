import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { counted, listed, writeError } from '@chromaray/base';
import { checkName } from '../colorizer/add.js';
import { colorizerError } from '../errors/colorizer-error.js';
import { type ColorizerNetwork, type ColourLoss, colourUNet } from '../network/colorizer-network.js';
import { gatherPhotographs, type Photographs } from '../photographs/gather.js';
import { PhotographStore } from '../photographs/store.js';
import type { LastStage } from './adversarial/last-stages.js';
import { type AdversarialChoices, planAdversarial } from './adversarial/plan.js';
import { trainAdversarial } from './adversarial/train-adversarial.js';
import { type AnswerOptions, answerOf, defaultAnswer, plainMean } from './answer.js';
import { fewPhotographs, leftOutText } from './card.js';
import { countColours } from './count-colours.js';
import type { ColorizerTrainingEvent } from './events.js';
import { type PhotographAugmentation, photographChanges } from './example.js';
import { type FeatureOptions, readFeatures } from './feature-loss.js';
import { finishTraining, type TrainedColorizer } from './finish.js';
import { optionError, planStages } from './plan.js';
import { type SheetPictures, sheetPhotographs } from './sheets.js';
import type { StageContext } from './stage.js';
import { trainStages } from './train-stages.js';
import { xRaysToShow } from './x-rays.js';

export interface TrainColorizerOptions {
  /** Folder or archive of colour photographs. */
  readonly photographs: string;
  /** Under which the colorizer is installed. */
  readonly name: string;
  /** Folder of this training: photographs, checkpoints, sheets, the network and its card. */
  readonly output: string;
  /** Where colorizers are installed. Default: the machine's folder. */
  readonly folder?: string;
  /** Sides of the photographs in pixels, one stage each. Default: 64, 128, 192. */
  readonly sizes?: readonly number[];
  /** Epochs of each stage. Default: 12, 4, 1. */
  readonly epochs?: readonly number[];
  readonly seed?: number;
  /** Default: `colour-unet`. */
  readonly network?: ColorizerNetwork;
  /** Default: `classes` for colour-unet, `pixels` for DeOldify's generator. */
  readonly loss?: ColourLoss;
  /** What a frozen network sees in the pictures is learned, too. */
  readonly features?: FeatureOptions;
  /** The last stage. Default: the generator's own training. */
  readonly last?: LastStage;
  /** Of the stages after the generator's own training. */
  readonly adversarial?: AdversarialChoices;
  readonly answer?: AnswerOptions;
  readonly augmentation?: PhotographAugmentation;
  /** Folder or archive of X-rays to be shown on the sheets. Default: drawn ones. */
  readonly xRays?: string;
  /** Of the photographs. */
  readonly licence?: string;
  /** The command to be written on the card. */
  readonly command?: string;
  readonly threads?: number;
  readonly backend?: string;
  readonly signal?: AbortSignal;
  readonly onEvent?: (event: ColorizerTrainingEvent) => void;
}

/** Below this many photographs nothing is trained. */
const leastPhotographs = 50;
/** Held-out photographs coloured after each epoch. */
const watchedPhotographs = 64;

/**
 * Trains a colorizer on photographs and installs it: reads and checks the photographs, trains a network stage by
 * stage, on request against a critic afterwards, measures it on held-out photographs, writes its card and a contact sheet.
 *
 * The same photographs, options and backend give the same file. Interrupted at any moment, the same call resumes after the
 * last finished epoch and gives the file that it would have given.
 *
 * @throws ChromarayError `CHROMARAY_COLORIZER_` + `NAME`, `EXISTS`, `TRAINING_OPTION`, `FEW_PHOTOGRAPHS`; those of
 *   gathering photographs and of `fit`, `CHROMARAY_TRAINING_CANCELLED` among them; `CHROMARAY_FILE_WRITE`
 */
export async function trainColorizer(options: TrainColorizerOptions): Promise<TrainedColorizer> {
  const { output, onEvent, seed = 1, network = colourUNet, augmentation = photographChanges } = options;
  const name = checkName(options.name);
  const stages = planStages(options.sizes, options.epochs, network);
  const adversarial = planAdversarial(options.last ?? 'generator', stages, network.sideUnit, options.adversarial);
  const loss = checkLoss(network, options, adversarial !== undefined);
  const features = options.features && (await readFeatures(options.features));
  const answering = loss === 'classes' ? (options.answer ?? defaultAnswer) : plainMean;
  makeFolder(path.join(output, 'sheets'));
  const photographs = await gatherPhotographs(options.photographs, {
    folder: output,
    side: storedSide([...stages.map(({ side }) => side), adversarial?.side ?? 0]),
    ...(options.signal && { signal: options.signal }),
    onProgress: (step, done, total) => onEvent?.({ kind: 'photographs', step, done, total }),
  });
  onEvent?.({ kind: 'gathered', photographs });
  checkCount(photographs, options);
  const xRays = await xRaysToShow(options.xRays);
  const store = new PhotographStore(photographs.file, photographs.side);
  try {
    const { bins, mean } = countColours(photographs, store, stages[0]!.side);
    const answer = answerOf(bins, answering);
    // What is chosen after training changes nothing in it, so that it can be chosen again without training again.
    const watchedAnswer = answerOf(bins, loss === 'classes' ? defaultAnswer : plainMean);
    const pictures: SheetPictures = { store, photographs: photographs.heldOut.slice(0, sheetPhotographs), xRays };
    const watched = photographs.heldOut.slice(0, watchedPhotographs);
    const context: StageContext = {
      ...{ photographs, store, bins, answer: watchedAnswer, network, loss, augmentation, seed, signal: options.signal },
      features: features?.loss,
      watched: { photographs: watched, xRays: xRays.map(({ gray }) => gray) },
      execution: {
        ...(options.threads !== undefined && { threads: options.threads }),
        ...(options.backend !== undefined && { backend: options.backend }),
      },
    };
    const trained = await trainStages(context, stages, pictures, options);
    const outcome =
      adversarial &&
      (await trainAdversarial(context, trained.weights, {
        ...{ plan: adversarial, stagesBefore: stages.length, pictures, answer, output },
        ...(onEvent && { onEvent }),
      }));
    return await finishTraining({
      ...{ options, context, name, photographs, stages, answer, answering, mean, pictures, trained },
      features: features?.record,
      adversarial: adversarial && outcome && { plan: adversarial, outcome },
    });
  } finally {
    store.close();
  }
}

/** @throws ChromarayError `CHROMARAY_COLORIZER_TRAINING_OPTION` for a loss that the network or other options do not go with */
function checkLoss(
  network: ColorizerNetwork,
  options: Pick<TrainColorizerOptions, 'loss' | 'features'>,
  hasCritic: boolean,
): ColourLoss {
  const { loss = network.losses[0]!, features } = options;
  if (!network.losses.includes(loss)) {
    throw optionError(
      `${network.name} cannot learn ${loss}; it learns ${listed(network.losses, 'or')}.`,
      'Choose one of these, or another network.',
    );
  }
  if (features !== undefined && loss !== 'pixels' && !hasCritic) {
    throw optionError(
      `A feature loss looks at a picture, which is not what is learned with the loss ${loss}.`,
      'Use it with the loss pixels, or with the stages of a critic.',
    );
  }
  return loss;
}

/** Room for the augmentation to enlarge; and smaller sizes can be tried without reading all photographs again. */
function storedSide(sides: readonly number[]): number {
  return Math.round((Math.max(128, ...sides) * 13) / 12);
}

function checkCount(photographs: Photographs, { photographs: source, onEvent }: TrainColorizerOptions): void {
  const { training, heldOut, leftOut } = photographs;
  const count = training.length + heldOut.length;
  if (count < leastPhotographs || heldOut.length === 0) {
    throw colorizerError('FEW_PHOTOGRAPHS', {
      message: `${source} has ${counted(count, 'photograph')} to train a colorizer on, ${heldOut.length} of them held out; at least ${leastPhotographs} are needed, one of them held out. Left out: ${leftOutText(leftOut)}.`,
      remedy: 'Add colour photographs; a few thousand are needed for plausible colours.',
      details: { source, count, leftOut: leftOut.length },
    });
  }
  if (count < fewPhotographs) {
    const message = `${counted(count, 'photograph')} are few: under ${fewPhotographs} a colorizer learns the colours of these rather than of things.`;
    onEvent?.({ kind: 'warning', message });
  }
}

function makeFolder(folder: string): void {
  try {
    mkdirSync(folder, { recursive: true });
  } catch (error) {
    throw writeError(folder, error);
  }
}
