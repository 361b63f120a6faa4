import { mkdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { counted, programVersion, sha256File, writeError, writeFileAtomic } from '@chromaray/base';
import { countParameters, type FitEvent, researchUseNotice, saveModel } from '@chromaray/engine';
import { resize } from '@chromaray/imaging';
import { addColorizer, checkName } from '../colorizer/add.js';
import { colorizerError } from '../colorizer/colorizer-error.js';
import { contracts, renderUnit } from '../colorizer/contract.js';
import type { InstalledColorizer } from '../colorizer/installed.js';
import { sideUnit } from '../network/colour-unet.js';
import { type ColourAnswer, colourUNetFile, trainableColourUNet } from '../network/models.js';
import { gatherPhotographs, type Photographs } from '../photographs/gather.js';
import { PhotographStore } from '../photographs/store.js';
import { type AnswerOptions, answerOf, defaultAnswer, plainMean } from './answer.js';
import { BinCounter, type ColourBins } from './bins.js';
import { type ColorizerRecord, colorizerCard, fewPhotographs, leftOutText } from './card.js';
import { defaultAugmentation, eachChroma, type PhotographAugmentation } from './example.js';
import { compareColours, UvFile } from './measure.js';
import { planStages, type TrainingStage } from './plan.js';
import { epochSheet, type SheetPictures, sheetPhotographs, writeContactSheet, writeEpochSheet } from './sheets.js';
import type { ColourLoss } from './source.js';
import { type StageContext, trainStage, type Weights } from './stage.js';
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
  /** Default: `classes`. */
  readonly loss?: ColourLoss;
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

/** What a training of a colorizer tells as it goes. */
export type ColorizerTrainingEvent =
  | {
      readonly kind: 'photographs';
      readonly step: 'reading' | 'comparing';
      readonly done: number;
      readonly total: number;
    }
  | { readonly kind: 'gathered'; readonly photographs: Photographs }
  | { readonly kind: 'warning'; readonly message: string }
  | {
      readonly kind: 'stage';
      readonly stage: number;
      readonly stages: readonly TrainingStage[];
      readonly resumedFrom: number;
    }
  | {
      readonly kind: 'step';
      readonly stage: number;
      readonly stages: readonly TrainingStage[];
      readonly epoch: number;
      readonly loss: number;
      /** Work done and in all, in photographs of 64 pixels, of which a larger one is as many as its area. */
      readonly done: number;
      readonly total: number;
    }
  | {
      readonly kind: 'epoch';
      readonly stage: number;
      readonly epoch: number;
      readonly loss: number;
      readonly sheet: string;
    };

/** A colorizer that was trained and installed. */
export interface TrainedColorizer {
  readonly installed: InstalledColorizer;
  readonly record: ColorizerRecord;
  readonly card: string;
  readonly sheet: string;
}

/** Below this many photographs nothing is trained. */
const leastPhotographs = 50;
/** Held-out photographs coloured after each epoch. */
const watchedPhotographs = 64;

/**
 * Trains a colorizer on photographs and installs it: reads and checks the photographs, trains `colour-unet` stage by
 * stage, measures it on held-out photographs, writes its card and a contact sheet.
 *
 * The same photographs, options and backend give the same file. Interrupted at any moment, the same call resumes after the
 * last finished epoch and gives the file that it would have given.
 *
 * @throws ChromarayError `CHROMARAY_COLORIZER_` + `NAME`, `EXISTS`, `TRAINING_OPTION`, `FEW_PHOTOGRAPHS`; those of
 *   gathering photographs and of `fit`, `CHROMARAY_TRAINING_CANCELLED` among them; `CHROMARAY_FILE_WRITE`
 */
export async function trainColorizer(options: TrainColorizerOptions): Promise<TrainedColorizer> {
  const { output, onEvent, seed = 1, loss = 'classes', augmentation = defaultAugmentation } = options;
  const name = checkName(options.name);
  const stages = planStages(options.sizes, options.epochs);
  const answering = loss === 'l1' ? plainMean : (options.answer ?? defaultAnswer);
  makeFolder(path.join(output, 'sheets'));
  const photographs = await gatherPhotographs(options.photographs, {
    folder: output,
    // Room for the augmentation to enlarge.
    side: Math.round((stages.at(-1)!.side * 13) / 12),
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
    const watchedAnswer = answerOf(bins, loss === 'l1' ? plainMean : defaultAnswer);
    const pictures: SheetPictures = { store, photographs: photographs.heldOut.slice(0, sheetPhotographs), xRays };
    const watched = photographs.heldOut.slice(0, watchedPhotographs);
    const context: StageContext = {
      ...{ photographs, store, bins, answer: watchedAnswer, loss, augmentation, seed, signal: options.signal },
      watched: { photographs: watched, xRays: xRays.map(({ gray }) => gray) },
      execution: {
        ...(options.threads !== undefined && { threads: options.threads }),
        ...(options.backend !== undefined && { backend: options.backend }),
      },
    };
    const trained = await trainStages(context, stages, pictures, options);
    const file = path.join(output, `${name}.onnx`);
    saveColorizer(file, trained.weights, answer);
    const colorizer = await UvFile.load(file, options.threads);
    try {
      const side = stages.at(-1)!.side;
      const comparison = await compareColours(colorizer, { store, positions: photographs.heldOut, side }, mean);
      const sheet = path.join(output, 'sheet.png');
      const sides = { photographs: side, xRays: renderUnit * contracts.uv.renderFactor.standard };
      await writeContactSheet(sheet, name, pictures, colorizer, sides);
      const { training, heldOut, contents, nearDuplicates, leftOut } = photographs;
      const record: ColorizerRecord = {
        ...{ name, loss, stages, augmentation, seed, comparison, answer: answering, version: programVersion() },
        command: options.command ?? `trainColorizer, ${name}`,
        photographs: {
          ...{
            source: path.basename(options.photographs),
            licence: options.licence ?? null,
            contents,
            nearDuplicates,
            leftOut,
          },
          ...{ training: training.length, heldOut: heldOut.length },
        },
        network: { name: 'colour-unet', parameters: parametersOf(answer), bins: answer.centres.length },
        ...{ examples: trained.examples, seconds: trained.seconds, backend: trained.backend },
        ...{ bytes: statSync(file).size, sha256: await sha256File(file) },
      };
      const card = path.join(output, `${name}.md`);
      writeFileAtomic(card, colorizerCard(record));
      writeFileAtomic(path.join(output, 'record.json'), `${JSON.stringify(record, null, 2)}\n`);
      const installed = await addColorizer(file, {
        ...{ contract: 'uv', name, origin: `trained on ${record.photographs.source}, see its card` },
        ...(options.licence !== undefined && { licence: options.licence }),
        ...(options.folder !== undefined && { folder: options.folder }),
      });
      writeFileAtomic(installed.file.replace(/\.onnx$/, '.md'), colorizerCard(record));
      return { installed, record, card, sheet };
    } finally {
      await colorizer.release();
    }
  } finally {
    store.close();
  }
}

interface Trained {
  readonly weights: Weights;
  readonly seconds: number;
  readonly examples: number;
  readonly backend: string;
}

async function trainStages(
  context: StageContext,
  stages: readonly TrainingStage[],
  pictures: SheetPictures,
  { output, onEvent }: TrainColorizerOptions,
): Promise<Trained> {
  const perEpoch = context.photographs.training.length;
  const works = stages.map(({ side, epochs }) => epochs * perEpoch * (side / 64) ** 2);
  const total = works.reduce((sum, work) => sum + work, 0);
  let [weights, seconds, examples, backend, before] = [undefined as Weights | undefined, 0, 0, '', 0];
  for (const [index, stage] of stages.entries()) {
    const writing: Promise<void>[] = [];
    let epoch = 0;
    const result = await trainStage(context, {
      ...{ stage, start: weights, folder: path.join(output, 'checkpoints', `stage-${index + 1}-${stage.side}`) },
      onColours: (colours) => {
        const file = epochSheet(path.join(output, 'sheets'), index, stage.side, epoch + 1);
        const title = `${stage.side} pixels, epoch ${epoch + 1} of ${stage.epochs}`;
        const shown = { colours: colours.slice(), watched: context.watched.photographs.length, side: stage.side };
        writing.push(writeEpochSheet(file, title, pictures, shown));
      },
      onEvent: (event: FitEvent) => {
        if (event.kind === 'start') {
          epoch = event.resumedFrom;
          ({ backend } = event);
          onEvent?.({ kind: 'stage', stage: index, stages, resumedFrom: event.resumedFrom });
        } else if (event.kind === 'step') {
          const done = before + ((event.epoch - 1) * perEpoch + event.examples) * (stage.side / 64) ** 2;
          onEvent?.({ kind: 'step', stage: index, stages, epoch: event.epoch, loss: event.loss, done, total });
        } else if (event.kind === 'epoch') {
          epoch = event.record.epoch;
          const sheet = epochSheet(path.join(output, 'sheets'), index, stage.side, epoch);
          onEvent?.({ kind: 'epoch', stage: index, epoch, loss: event.record.loss, sheet });
        }
      },
    });
    await Promise.all(writing);
    ({ weights } = result);
    seconds += result.seconds;
    examples += result.examples;
    before += works[index]!;
  }
  return { weights: weights!, seconds, examples, backend };
}

/** The colours of the photographs trained on, as bins and as their mean. */
function countColours(
  { training }: Photographs,
  store: PhotographStore,
  side: number,
): { readonly bins: ColourBins; readonly mean: readonly [u: number, v: number] } {
  const counter = new BinCounter();
  let [sumU, sumV, count] = [0, 0, 0];
  for (const position of training) {
    eachChroma(resize(store.read(position), side), (_, u, v) => {
      counter.add(u, v);
      sumU += u;
      sumV += v;
      count++;
    });
  }
  return { bins: counter.bins(), mean: [sumU / count, sumV / count] };
}

/** Without metadata a saved network could be taken for one that reads X-rays. */
function saveColorizer(file: string, weights: Weights, answer: ColourAnswer): void {
  const { initializers } = trainableColourUNet(sideUnit, 0, answer).model.graph;
  const tensors = [...weights].map(([name, data]) => [name, { ...initializers.get(name)!, data }] as const);
  const model = colourUNetFile(new Map(tensors), answer);
  saveModel(file, { ...model, metadata: new Map([['notice', researchUseNotice]]) });
}

function parametersOf(answer: ColourAnswer): number {
  return countParameters(trainableColourUNet(sideUnit, 0, answer));
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
