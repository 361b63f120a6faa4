import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { sha256File } from '@chromaray/base';
import { loadModel, OnnxRunner, saveModel } from '@chromaray/engine';
import { untrainedTwin, withStrength } from '../network/untrained-twin.js';
import type { Colorizer, TensorNames } from './colorizer.js';
import { colorizerError } from './colorizer-error.js';
import { contracts } from './contract.js';
import { encodeInput } from './encode-input.js';
import { openNetworkColorizer } from './network-colorizer.js';
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
    const twin = untrainedTwin(loadModel(trained.file), options.seed);
    saveModel(file, twin);
    const strengths = await Promise.all([trained.file, file].map((one) => strength(one, trained.tensors)));
    saveModel(file, withStrength(twin, strengths[0]! / strengths[1]!));
    const sha256 = await sha256File(file);
    return await openNetworkColorizer({ ...trained, name: `${name}-untrained`, file, sha256 }, options);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Root mean square of what a network of the contract `uv` gives for the drawing. */
async function strength(file: string, { input, output }: TensorNames): Promise<number> {
  const side = 64;
  const data = encodeInput(probePicture, contracts.uv, side);
  const runner = await OnnxRunner.load(file, { threads: 1 });
  try {
    const result = await runner.run({ [input]: { data, dims: [1, 1, side, side] } }, [output]);
    const values = result[output]!.data;
    return Math.sqrt(values.reduce((sum, value) => sum + value * value, 0) / values.length);
  } finally {
    await runner.release();
  }
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
