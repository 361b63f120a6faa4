import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { type ChromarayError, writeFileAtomic } from '@chromaray/base';
import { type ArmColouring, colourOf, openArmColouring } from '@chromaray/colour';
import type { Randomisation, RegionShares } from '@chromaray/contracts';
import { codedError } from '@chromaray/contracts/errors';
import { loadModel, type Model, type ModelMetadata, readMetadata } from '@chromaray/engine';
import {
  decodeGray,
  type FileNote,
  type Image,
  type ImageOperations,
  operateToSize,
  resize,
  type Size,
  sheet,
} from '@chromaray/imaging';
import { answeredBy } from '../predict/answer.js';
import { operationsOf } from '../predict/model-operations.js';
import { decodeFor, foreignModel, type PictureError, Pixels, refuseNothing } from '../predict/predict-images.js';
import { answerTo, askedOf } from './asked.js';
import { type Asked, mapsOf } from './explain-pixels.js';
import { geometryOf } from './geometry.js';
import { maskFile, readMask } from './masks.js';
import { overlay, scaledMap } from './overlay.js';
import { randomisationCheck } from './randomisation.js';
import { regionShares } from './regions.js';

export interface ExplainImagesOptions {
  /** Folder for the pictures. */
  readonly out: string;
  /** The class to explain. Default: what each picture is called. */
  readonly towards?: string;
  /** A lung mask for a single picture, or a folder of masks named as the pictures. */
  readonly mask?: string;
  /** Also shuffle the weights and compare the maps. */
  readonly check?: boolean;
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: { readonly done: number; readonly total: number }) => void;
}

/** Where a model looks in some pictures. */
export interface ImagesExplained {
  readonly model: string;
  /** As of a prediction: absent for a model of several classes. */
  readonly positive?: string;
  readonly threshold?: number;
  /** The classes of a model of several; absent for a model of two. */
  readonly classes?: readonly string[];
  readonly notice: string;
  readonly featureMap: { readonly channels: number; readonly height: number; readonly width: number };
  /** In the order asked for. */
  readonly explanations: readonly ImageExplanation[];
  /** Faults in spite of which images were read. */
  readonly notes: readonly FileNote[];
  /** Null unless asked for. */
  readonly randomisation: Randomisation | null;
}

export type ImageExplanation =
  | {
      readonly image: string;
      /** Of the positive class; of several classes that of the one it is called. */
      readonly probability: number;
      readonly called: string;
      /** The class whose evidence is shown. */
      readonly towards: string;
      /** The map place by place, row after row, as Grad-CAM gives it: 0 where nothing speaks for the class. */
      readonly map: readonly number[];
      /** Null for a map without evidence. */
      readonly shares: RegionShares;
      /** The picture written: X-ray and map side by side. */
      readonly picture: string;
      readonly error?: never;
    }
  | { readonly image: string; readonly picture?: never; readonly error: PictureError };

/** Longest side of each picture written. */
const side = 448;

/**
 * Explains what a model that a study saved says of image files: Grad-CAM next to the X-ray, as PNG, marked for
 * research use. Pictures are decoded and resized as the study did.
 *
 * @throws ChromarayError `CHROMARAY_PREDICT_MODEL` for a model that no study saved, `CHROMARAY_MODEL_METADATA` for
 *   one whose metadata are damaged, `CHROMARAY_EXPLAIN_CLASS` for a
 *   class it does not know; an image's own error when not one can be read; those of `GradCam.load`
 */
export async function explainImages(
  modelFile: string,
  images: readonly string[],
  options: ExplainImagesOptions,
): Promise<ImagesExplained> {
  const model = loadModel(modelFile);
  const metadata = readMetadata(model, modelFile);
  if (metadata === undefined) throw foreignModel(modelFile);
  if (options.towards !== undefined && !metadata.classes.includes(options.towards)) {
    throw unknownClass(options.towards, metadata);
  }
  const colouring = await openArmColouring(colourOf(metadata.transform, modelFile));
  try {
    return await explainAll(modelFile, model, metadata, images, { ...options, colouring });
  } finally {
    await colouring?.release();
  }
}

async function explainAll(
  modelFile: string,
  model: Model,
  metadata: ModelMetadata,
  images: readonly string[],
  options: ExplainImagesOptions & { readonly colouring: ArmColouring | undefined },
): Promise<ImagesExplained> {
  const { positive, notice } = metadata;
  const size = { width: metadata.width, height: metadata.height };
  const operations = operationsOf(metadata, modelFile);
  mkdirSync(options.out, { recursive: true });
  const names = pictureNames(images, options.out);
  const explanations: ImageExplanation[] = [];
  const notes: FileNote[] = [];
  const asked: Asked[] = [];
  let featureMap = { channels: 0, height: 0, width: 0 };
  for (const [i, image] of images.entries()) {
    if (options.signal?.aborted) break;
    options.onProgress?.({ done: i, total: images.length });
    const decoded = await decodeFor(metadata, operations, image, options.colouring);
    if (!(decoded instanceof Pixels)) {
      const { code, message, remedy } = decoded;
      explanations.push({ image, error: { code, message, remedy } });
      continue;
    }
    notes.push(...decoded.notes);
    const pixels = decoded.data;
    const { probability, called: answer } = await answerTo(model, metadata, pixels);
    const towards = options.towards ?? answer;
    const question = askedOf(metadata, pixels, towards);
    const first = await mapsOf(model, [question], { batch: 1 });
    featureMap = { channels: first.channels, ...first.size };
    asked.push(question);
    const map = first.rectified[0]!;
    const mask =
      options.mask === undefined ? undefined : await maskFor(options.mask, image, size, geometryOf(operations));
    const shares = regionShares(scaledMap(map, first.size, size), size, mask);
    const gray = await fittedGray(image, operations);
    const picture = names[i]!;
    writeFileAtomic(
      picture,
      await sheet({
        title: 'For research only, not for diagnosis',
        columns: ['X-ray', `speaks for ${towards}`],
        rows: [
          {
            label: `${path.basename(image)}: ${positive ?? answer} by ${probability.toFixed(3)}${shares.border === null ? ', nothing speaks for it' : ''}`,
            images: [gray, overlay(gray, scaledMap(map, first.size, gray))],
          },
        ],
        cellSize: side,
      }),
    );
    explanations.push({ image, probability, called: answer, towards, map: [...map], shares, picture });
  }
  refuseNothing(explanations);
  return {
    ...{ model: modelFile, ...answeredBy(metadata), notice, featureMap, explanations, notes },
    randomisation: options.check ? await checked(model, asked, size) : null,
  };
}

async function checked(model: Model, asked: readonly Asked[], size: Size): Promise<Randomisation> {
  const trained = await mapsOf(model, asked, { batch: 1 });
  return randomisationCheck(model, asked, trained, size, { batch: 1, seed: 1 });
}

/** The X-ray to look at, cut and framed as its network was shown it, so that the map lies over what it speaks of. */
async function fittedGray(file: string, { window, crop, fit }: ImageOperations): Promise<Image> {
  const whole = await decodeGray(file, { operations: { ...(window && { window }), ...(crop && { crop }) } });
  if (fit === 'letterbox') return operateToSize(whole, Math.min(side, Math.max(whole.width, whole.height)), { fit });
  const factor = Math.min(1, side / Math.max(whole.width, whole.height));
  const fitted =
    factor === 1
      ? whole
      : resize(whole, { width: Math.round(whole.width * factor), height: Math.round(whole.height * factor) });
  return { width: fitted.width, height: fitted.height, channels: 1, data: fitted.data };
}

async function maskFor(
  mask: string,
  image: string,
  size: Size,
  geometry: ImageOperations,
): Promise<Uint8Array | undefined> {
  if (/\.(png|jpe?g)$/i.test(mask)) return readMask(mask, size, geometry);
  const file = maskFile(mask, path.basename(image));
  return file === undefined ? undefined : readMask(file, size, geometry);
}

/** `<out>/<name>.png`; pictures of one name from several folders are numbered. */
function pictureNames(images: readonly string[], out: string): readonly string[] {
  const used = new Map<string, number>();
  return images.map((image) => {
    const name = path.basename(image).replace(/\.[^./]+$/, '');
    const count = (used.get(name) ?? 0) + 1;
    used.set(name, count);
    return path.join(out, `${name}${count === 1 ? '' : `-${count}`}.png`);
  });
}

function unknownClass(name: string, { classes }: ModelMetadata): ChromarayError {
  return codedError('CHROMARAY_EXPLAIN_CLASS', {
    message: `The model has no class "${name}"; its classes are ${classes.join(' and ')}.`,
    details: { name, classes },
  });
}
