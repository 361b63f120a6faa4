import { ChromarayError, deserializeError, isChromarayError } from '@chromaray/base';
import { type ArmColouring, colouredPixels, colourOf, openArmColouring } from '@chromaray/colour';
import { codedError } from '@chromaray/contracts/errors';
import {
  arraySource,
  loadModel,
  type Model,
  type ModelMetadata,
  type PredictOptions,
  predict,
  readMetadata,
} from '@chromaray/engine';
import { decodeGray, type FileNote, type ImageNote, type ImageOperations } from '@chromaray/imaging';
import { answeredBy, answerOf, outputsOf } from './answer.js';
import { operationsOf } from './model-operations.js';

/** What a saved model says of images. */
export interface PredictionResult {
  readonly model: string;
  /** The class whose probability is given; absent for a model of several classes. */
  readonly positive?: string;
  /** From this probability on an image is called positive; chosen on the study's validation part. Absent likewise. */
  readonly threshold?: number;
  /** The classes of a model of several, of which the most probable is called; absent for a model of two. */
  readonly classes?: readonly string[];
  readonly notice: string;
  /** In the order asked for. */
  readonly predictions: readonly ImagePrediction[];
  /** Faults in spite of which images were read. */
  readonly notes: readonly FileNote[];
}

/** One image: its probability and what it is called, or why it could not be read. */
export type ImagePrediction =
  | {
      readonly image: string;
      /** Of the positive class; of several classes that of the one it is called. */
      readonly probability: number;
      /** Of each of several classes, by its name. */
      readonly probabilities?: Readonly<Record<string, number>>;
      readonly called: string;
      readonly error?: never;
    }
  | {
      readonly image: string;
      readonly probability?: never;
      readonly called?: never;
      readonly error: PictureError;
    };

export interface PredictImagesOptions extends Pick<PredictOptions, 'backend' | 'provider' | 'providerOptions'> {
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: { readonly done: number; readonly total: number }) => void;
}

/** Why a picture could not be read. */
export interface PictureError {
  readonly code: string;
  readonly message: string;
  readonly remedy: string;
}

const batch = 32;

/**
 * Runs a model that a study saved on image files. Images are decoded and prepared exactly as the study does
 * it, so an image of the study gets the probability of its `predictions.csv`.
 *
 * @throws ChromarayError `CHROMARAY_PREDICT_MODEL` for a model that no study saved, `CHROMARAY_MODEL_METADATA` for
 *   one whose metadata are damaged; an image's own error when
 *   not one image can be read; `CHROMARAY_BACKEND_PROVIDER` for a provider that does not start; those of `openColorizer` for a model of colorized pictures
 */
export async function predictImages(
  modelFile: string,
  images: readonly string[],
  options: PredictImagesOptions = {},
): Promise<PredictionResult> {
  const model = loadModel(modelFile);
  const metadata = readMetadata(model, modelFile);
  if (metadata === undefined) throw foreignModel(modelFile);
  const colouring = await openArmColouring(colourOf(metadata.transform, modelFile));
  try {
    return await predictAll(modelFile, model, metadata, images, colouring, options);
  } finally {
    await colouring?.release();
  }
}

async function predictAll(
  modelFile: string,
  model: Model,
  metadata: ModelMetadata,
  images: readonly string[],
  colouring: ArmColouring | undefined,
  { signal, onProgress, ...backend }: PredictImagesOptions,
): Promise<PredictionResult> {
  const operations = operationsOf(metadata, modelFile);
  const predictions: ImagePrediction[] = [];
  const notes: FileNote[] = [];
  for (let start = 0; start < images.length && !signal?.aborted; start += batch) {
    const files = images.slice(start, start + batch);
    const decoded = await Promise.all(files.map((file) => decodeFor(metadata, operations, file, colouring)));
    const readable = decoded.filter((one) => one instanceof Pixels);
    const probabilities = await probabilitiesOf(readable.map(({ data }) => data));
    let next = 0;
    decoded.forEach((found, i) => {
      const image = files[i]!;
      if (found instanceof Pixels) {
        notes.push(...found.notes);
        const outputs = outputsOf(metadata);
        predictions.push({
          image,
          ...answerOf(metadata, probabilities.subarray(next * outputs, (next + 1) * outputs)),
        });
        next++;
      } else {
        const { code, message, remedy } = found;
        predictions.push({ image, error: { code, message, remedy } });
      }
    });
    onProgress?.({ done: predictions.length, total: images.length });
  }
  refuseNothing(predictions);
  return { model: modelFile, ...answeredBy(metadata), notice: metadata.notice, predictions, notes };

  async function probabilitiesOf(pixels: readonly Uint8Array[]): Promise<Float32Array> {
    if (pixels.length === 0) return new Float32Array();
    const { height, width } = metadata;
    const channels = colouring ? 3 : 1;
    const joined = new Uint8Array(pixels.length * channels * height * width);
    for (const [i, image] of pixels.entries()) joined.set(image, i * channels * height * width);
    return predict(model, arraySource({ shape: [channels, height, width], pixels: joined }), { ...backend, batch });
  }
}

/** One picture as the model takes it, and the faults it was read in spite of. */
export class Pixels {
  constructor(
    /** uint8 [channels, height, width] */
    readonly data: Uint8Array,
    readonly notes: readonly FileNote[],
  ) {}
}

/** One picture as the model takes it, or why it cannot be read. */
export async function decodeFor(
  { height, width }: ModelMetadata,
  operations: ImageOperations,
  file: string,
  colouring: ArmColouring | undefined,
): Promise<Pixels | ChromarayError> {
  const notes: FileNote[] = [];
  const onNote = (note: ImageNote): void => void notes.push({ file, ...note });
  const size = { height, width };
  try {
    if (colouring)
      return new Pixels(await colouredPixels(file, size, colouring.colouring, { operations, onNote }), notes);
    return new Pixels((await decodeGray(file, { size, operations, onNote })).data, notes);
  } catch (error) {
    if (isChromarayError(error)) return error as ChromarayError;
    throw error;
  }
}

/** Throws the first picture's error when not one could be read. */
export function refuseNothing(predictions: readonly { readonly error?: PictureError }[]): void {
  const first = predictions[0]?.error;
  if (first === undefined || predictions.some(({ error }) => error === undefined)) return;
  throw deserializeError({ name: ChromarayError.name, ...first, details: { images: predictions } });
}

export function foreignModel(file: string): ChromarayError {
  return codedError('CHROMARAY_PREDICT_MODEL', {
    message: `${file} was not saved by a study: its metadata have no class, image size and threshold.`,
    details: { file },
  });
}
