import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { sha256File } from '@chromaray/base';
import { backbonePrefix, type FloatTensor, loadModel, OnnxRunner, saveModel } from '@chromaray/engine';
import { colorizerError } from '../errors/colorizer-error.js';
import { gain, untrainedTwin, withGain } from '../network/untrained-twin.js';
import type { Colorizer, TensorNames } from './colorizer.js';
import { contracts } from './contract.js';
import { encodeInput } from './encode-input.js';
import { type ColorizerFile, openNetworkColorizer } from './network-colorizer.js';
import type { FindOptions } from './open.js';
import { probePicture } from './probe.js';
import { availableColorizer } from './shipped.js';

export interface UntrainedOptions extends FindOptions {
  /** Of the random weights. */
  readonly seed: number | string;
}

/**
 * The untrained twin of a colorizer that Chromaray trained: the same network with the weights its training began from
 * under `seed`, and its colours as strong as those of the trained one (root mean square of U and V on a fixed drawing).
 * A control for what was learned: it, too, colours smoothly and by context, but by chance.
 *
 * @param name of the trained colorizer, which comes with the program or is installed
 * @throws ChromarayError `CHROMARAY_COLORIZER_NO_UNTRAINED` for any other, `_UNKNOWN` where there is none; those of
 *   opening a colorizer
 */
export async function openUntrainedColorizer(name: string, options: UntrainedOptions): Promise<Colorizer> {
  const trained = availableColorizer(name, options.folder);
  if (trained?.contract !== 'uv') throw noTwin(name, trained !== undefined);
  // Checks the file's hash and contract.
  await (await openNetworkColorizer(trained, options)).release();
  const folder = mkdtempSync(path.join(tmpdir(), 'chromaray-untrained-'));
  const file = path.join(folder, `${name}-untrained.onnx`);
  try {
    const model = loadModel(trained.file);
    if ([...model.graph.initializers.keys()].some((tensor) => tensor.startsWith(backbonePrefix)))
      throw pretrained(name);
    const twin = untrainedTwin(model, options.seed);
    saveModel(file, twin);
    saveModel(file, withGain(twin, await gainFor(file, await strengthOf(trained), trained.tensors)));
    const sha256 = await sha256File(file);
    return await openNetworkColorizer({ ...trained, name: `${name}-untrained`, file, sha256 }, options);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function strengthOf({ file, tensors }: ColorizerFile): Promise<number> {
  const runner = await OnnxRunner.load(file, { threads: 1 });
  try {
    return await strength(runner, tensors);
  } finally {
    await runner.release();
  }
}

/** Halvings of the interval in which the gain is looked for, on a scale of logarithms: exact to a thousandth. */
const halvings = 14;

/** The gain under which an untrained twin colours the drawing as strongly as wanted, or as near as it comes. */
async function gainFor(file: string, wanted: number, tensors: TensorNames): Promise<number> {
  const runner = await OnnxRunner.load(file, { threads: 1 });
  try {
    let [low, high] = [Math.log(1 / 16), Math.log(256)];
    for (let i = 0; i < halvings; i++) {
      const middle = (low + high) / 2;
      const found = await strength(runner, tensors, { [gain]: { data: Float32Array.of(Math.exp(middle)), dims: [] } });
      if (found < wanted) low = middle;
      else high = middle;
    }
    return Math.exp((low + high) / 2);
  } finally {
    await runner.release();
  }
}

/** Root mean square of the U and V that a network of the contract `uv` gives for the drawing. */
async function strength(
  runner: OnnxRunner,
  { input, output }: TensorNames,
  further: Readonly<Record<string, FloatTensor>> = {},
): Promise<number> {
  const side = 64;
  const picture = { data: encodeInput(probePicture, contracts.uv, side), dims: [1, 1, side, side] };
  const values = (await runner.run({ [input]: picture, ...further }, [output]))[output]!.data;
  return Math.sqrt(values.reduce((sum, value) => sum + value * value, 0) / values.length);
}

function pretrained(name: string) {
  return colorizerError('NO_UNTRAINED', {
    message: `The colorizer "${name}" began from a pretrained encoder: a twin that learned nothing cannot be made of it.`,
    remedy: 'Compare it with a colorizer that was trained without --encoder, or with the map smooth-random.',
    details: { name },
  });
}

function noTwin(name: string, exists: boolean) {
  if (!exists) {
    return colorizerError('UNKNOWN', {
      message: `There is no colorizer "${name}" whose untrained twin could be made.`,
      remedy: 'See chromaray colorizer list.',
      details: { name },
    });
  }
  return colorizerError('NO_UNTRAINED', {
    message: `The colorizer "${name}" was not trained by Chromaray, so which of its tensors were trained is not known.`,
    remedy: 'Name a colorizer of the contract uv, such as photo-small.',
    details: { name },
  });
}
