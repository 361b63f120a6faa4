import { isChromarayError } from '@chromaray/base/browser';
import { codedError } from '@chromaray/contracts/errors';
import { type Model, type ModelMetadata, modelFromBytes, readMetadata } from '@chromaray/engine/browser';
import { distancesFrom, type EncodedImage, isFar, resize } from '@chromaray/imaging/browser';
import * as ort from 'onnxruntime-web/wasm';
import type { Fault } from '../../api/client.js';
import { decodePicture } from './decode-picture.js';
import { type Feed, feedOf } from './feed.js';
import { GradCamHere } from './grad-cam-here.js';
import type { OpenedModel, Said } from './messages.js';

interface Opening {
  readonly runtime: ArrayBuffer;
  readonly model: ArrayBuffer;
  readonly name: string;
}

/** A saved model that is open in the page: the same preprocessing and the same graph as `chromaray predict`. */
export class Network {
  /** By the class that is explained. */
  private readonly gradCams = new Map<number, GradCamHere | Fault>();

  private constructor(
    private readonly model: Model,
    private readonly metadata: ModelMetadata,
    private readonly session: ort.InferenceSession,
    private readonly feed: Feed,
  ) {}

  /**
   * @throws ChromarayError `CHROMARAY_PREDICT_MODEL` for a model that no study saved, `CHROMARAY_MODEL_` + why the file
   *   cannot be read, `CHROMARAY_PAGE_MODEL` for one that does not run here
   */
  static async open({ runtime, model: bytes, name }: Opening): Promise<Network> {
    Object.assign(ort.env.wasm, { wasmBinary: runtime, numThreads: 1, proxy: false });
    ort.env.logLevel = 'error';
    const model = modelFromBytes(new Uint8Array(bytes), { label: name });
    const metadata = readMetadata(model, name);
    if (metadata === undefined) throw foreign(name);
    if (metadata.operations !== undefined) throw prepared(name, metadata.operations);
    const feed = feedOf(metadata.transform, name);
    const session = await started(() => ort.InferenceSession.create(new Uint8Array(bytes), options), name);
    return new Network(model, metadata, session, feed);
  }

  get about(): OpenedModel {
    const { likeness, pretrained: _, ...shown } = this.metadata;
    return { ...shown, calibrated: likeness?.calibrated ?? null };
  }

  /** @throws ChromarayError as decoding does; `CHROMARAY_PAGE_MODEL` */
  async say(encoded: EncodedImage): Promise<Said> {
    const begun = performance.now();
    const { gray, deep, notes } = await decodePicture(encoded);
    const { width, height, likeness } = this.metadata;
    const small = resize(gray, { width, height });
    const pixels = this.feed.pixels(small);
    const { unit, towards, ...answer } = this.answer(await this.outputs(pixels));
    const distances = likeness && distancesFrom(this.feed.inGray(small), likeness);
    return {
      picture: deep,
      ...answer,
      likeness:
        distances && likeness
          ? {
              pattern: distances.pattern / likeness.limits.pattern,
              fine: distances.fine / likeness.limits.fine,
              far: isFar(distances, likeness),
            }
          : null,
      map: await this.map(pixels, unit, towards),
      notes,
      seconds: (performance.now() - begun) / 1000,
    };
  }

  async release(): Promise<void> {
    await this.session.release();
    for (const gradCam of this.gradCams.values()) if (gradCam instanceof GradCamHere) await gradCam.release();
  }

  /** What the numbers mean, and which side of which of them speaks for what the picture is called. */
  private answer(outputs: Float32Array) {
    const { threshold, positive, classes } = this.metadata;
    if (positive === undefined || threshold === undefined) {
      const unit = outputs.indexOf(Math.max(...outputs));
      const probabilities = [...outputs];
      return { probability: outputs[unit]!, probabilities, called: classes[unit]!, unit, towards: 1 as const };
    }
    const probability = outputs[0]!;
    const isPositive = probability >= threshold;
    const called = isPositive ? positive : (classes.find((one) => one !== positive) ?? `not ${positive}`);
    return { probability, called, unit: 0, towards: isPositive ? (1 as const) : (-1 as const) };
  }

  private async outputs(pixels: Uint8Array): Promise<Float32Array> {
    const { width, height } = this.metadata;
    const { inputs, initializers, outputs } = this.model.graph;
    const input = inputs.find(({ name }) => !initializers.has(name))!.name;
    const tensor = new ort.Tensor('uint8', pixels, [1, pixels.length / (width * height), height, width]);
    const found = await started(() => this.session.run({ [input]: tensor }), 'The model');
    return found[outputs[0]!.name]!.data as Float32Array;
  }

  private async map(pixels: Uint8Array, unit: number, towards: 1 | -1): Promise<Said['map']> {
    try {
      const known = this.gradCams.get(unit) ?? (await GradCamHere.open(this.model, options, unit));
      this.gradCams.set(unit, known);
      return known instanceof GradCamHere ? await known.map(pixels, towards) : known;
    } catch (error) {
      const { code, message, remedy } = isChromarayError(error) ? error : noMap(error);
      this.gradCams.set(unit, { code, message, remedy });
      return { code, message, remedy };
    }
  }
}

const options: ort.InferenceSession.SessionOptions = { executionProviders: ['wasm'] };

async function started<Result>(work: () => Promise<Result>, name: string): Promise<Result> {
  try {
    return await work();
  } catch (cause) {
    throw codedError('CHROMARAY_PAGE_MODEL', {
      message: `${name} cannot be run in the page: ${(cause as Error).message}`,
      cause,
    });
  }
}

function foreign(name: string) {
  return codedError('CHROMARAY_PREDICT_MODEL', {
    message: `${name} was not saved by a study: its metadata have no class, image size and threshold.`,
    details: { file: name },
  });
}

function noMap(cause: unknown) {
  return codedError('CHROMARAY_PAGE_MODEL', {
    message: `Where the network looks cannot be worked out in the page: ${(cause as Error).message}`,
    cause,
  });
}

/** What the page does not do to pictures, `chromaray predict` does: another picture than the network's own is none. */
function prepared(name: string, operations: object) {
  return codedError('CHROMARAY_PAGE_OPERATIONS', {
    message: `${name} was trained on pictures that were prepared in ways this page does not know: ${Object.keys(operations).join(', ')}.`,
    details: { operations },
  });
}
