import { type ChromarayError, isChromarayError, listed, sha256, sha256File } from '@chromaray/base';
import { OnnxRunner } from '@chromaray/engine';
import type { GrayImage, Image } from '@chromaray/imaging';
import { colorizerError } from '../errors/colorizer-error.js';
import { checkTensors, chooseSide } from './check-tensors.js';
import type { Colorizer, MergeMode, TensorNames } from './colorizer.js';
import { type ColorizerContract, type ContractName, contracts, renderUnit } from './contract.js';
import { encodeInput } from './encode-input.js';
import { mergeOutput } from './merge-output.js';

/** A file, what it is declared to be, and the hash it must have. */
export interface ColorizerFile {
  readonly name: string;
  readonly file: string;
  /** SHA-256, 64 hexadecimal digits. */
  readonly sha256: string;
  readonly contract: ContractName;
  readonly tensors: TensorNames;
  /** Render factors at which it worked when it was added; absent where that was not tried. */
  readonly renderFactors?: readonly number[];
}

export interface OpenOptions {
  /** The network works at 16 times this many pixels a side. Default: the contract's, or the largest that works. */
  readonly renderFactor?: number;
  /** CPU threads. Default: all physical cores. */
  readonly threads?: number;
}

/**
 * Pictures in work at once. On the CPU ONNX Runtime holds the thread while it runs; where it does not, the next picture
 * is prepared and the last one merged meanwhile.
 */
const lanes = 3;

/**
 * Opens a colorizing network. Its file is checked against the pinned hash and its contract first.
 *
 * @throws ChromarayError `CHROMARAY_COLORIZER_` + `MISSING`, `HASH`, `MODEL`, `TENSOR` or `SIZE`
 */
export async function openNetworkColorizer(pinned: ColorizerFile, options: OpenOptions = {}): Promise<Colorizer> {
  await checkHash(pinned);
  const { name, tensors } = pinned;
  const contract = contracts[pinned.contract];
  const runner = await load(pinned, options);
  try {
    const declared = { name, contract, tensors };
    const factor = options.renderFactor ?? workingFactor(pinned.renderFactors, contract);
    const side = chooseSide(declared, checkTensors(runner, declared), factor);
    return new NetworkColorizer(pinned, contract, side, runner);
  } catch (error) {
    await runner.release();
    throw error;
  }
}

/** The largest factor that works, where the contract's own does not. */
function workingFactor(
  working: readonly number[] | undefined,
  { renderFactor }: ColorizerContract,
): number | undefined {
  return working === undefined || working.includes(renderFactor.standard) ? undefined : Math.max(...working);
}

/**
 * Colours a picture at several render factors, the file loaded once.
 *
 * @returns the factors that worked, and the error of each that did not
 * @throws ChromarayError as {@link openNetworkColorizer}
 */
export async function tryRenderFactors(
  pinned: ColorizerFile,
  picture: GrayImage,
): Promise<{ readonly working: readonly number[]; readonly failed: ReadonlyMap<number, ChromarayError> }> {
  await checkHash(pinned);
  const { name, tensors } = pinned;
  const contract = contracts[pinned.contract];
  const runner = await load(pinned, {});
  const working: number[] = [];
  const failed = new Map<number, ChromarayError>();
  try {
    const declared = { name, contract, tensors };
    const fixed = checkTensors(runner, declared);
    const factors =
      fixed === undefined ? factorsToTry(contract) : [chooseSide(declared, fixed, undefined) / renderUnit];
    for (const factor of factors) {
      const colorizer = new NetworkColorizer(pinned, contract, factor * renderUnit, runner);
      try {
        await colorizer.colorize([picture]);
        working.push(factor);
      } catch (error) {
        if (!isChromarayError(error)) throw error;
        failed.set(factor, error);
      }
    }
    return { working, failed };
  } finally {
    await runner.release();
  }
}

/**
 * Small and large, odd and even: what DeOldify's skips need at 16 times an odd factor differs from what they need at 16 times
 * an even one, and 16 is the size that files are often traced at.
 */
const openFactors = [8, 15, 16, 21, 32, 35] as const;

function factorsToTry({ renderFactor }: ColorizerContract): readonly number[] {
  return renderFactor.allowed === 'any' ? openFactors : renderFactor.allowed;
}

class NetworkColorizer implements Colorizer {
  readonly name: string;
  readonly key: string;
  readonly valueRange: readonly [number, number];
  readonly tensors: TensorNames;
  readonly merge: MergeMode;
  /** The runs so far, one after the other: two at once would share the cores and finish no sooner. */
  private turn: Promise<unknown> = Promise.resolve();

  constructor(
    private readonly pinned: ColorizerFile,
    private readonly contract: ColorizerContract,
    readonly inputSize: number,
    private readonly runner: OnnxRunner,
  ) {
    this.name = pinned.name;
    this.key = sha256(JSON.stringify(['colorizer', 1, pinned.sha256, pinned.contract, pinned.tensors, inputSize]));
    this.valueRange = contract.input.range;
    this.tensors = pinned.tensors;
    this.merge = contract.merge;
  }

  async colorize(images: readonly GrayImage[]): Promise<Image[]> {
    const results = new Array<Image>(images.length);
    const queue = images.entries();
    const lane = async (): Promise<void> => {
      for (const [i, image] of queue) results[i] = await this.colorizeOne(image);
    };
    await Promise.all(Array.from({ length: lanes }, lane));
    return results;
  }

  async release(): Promise<void> {
    await this.turn;
    await this.runner.release();
  }

  private async colorizeOne(gray: GrayImage): Promise<Image> {
    const side = this.inputSize;
    const input = encodeInput(gray, this.contract, side);
    const run = this.turn.then(() => this.run(input));
    this.turn = run.catch(() => undefined);
    const output = await run;
    return mergeOutput(gray, output, this.contract, side, this.pinned);
  }

  private async run(data: Float32Array): Promise<Float32Array> {
    const { input, output } = this.tensors;
    const side = this.inputSize;
    const dims = [1, this.contract.input.channels, side, side];
    try {
      const result = (await this.runner.run({ [input]: { data, dims } }, [output]))[output]!;
      const expected = [1, this.contract.output.channels, side, side];
      if (String(result.dims) !== String(expected)) throw this.wrongSize(result.dims, expected);
      if (!(result.data instanceof Float32Array)) throw this.wrongType();
      return result.data;
    } catch (cause) {
      if (isChromarayError(cause)) throw cause;
      throw colorizerError('RUN', {
        message: `The colorizer "${this.name}" cannot work at ${side} x ${side} pixels: ${(cause as Error).message}`,
        remedy: this.otherFactors(),
        cause,
        details: { colorizer: this.name, side },
      });
    }
  }

  private otherFactors(): string {
    const working = this.pinned.renderFactors;
    const odd = (this.inputSize / renderUnit) % 2 === 1;
    const why = odd
      ? ' An odd factor needs a Resize in the file, which one that was traced at an even factor lacks (docs/colour.md).'
      : '';
    if (working === undefined || working.length === 0) return `Try another render factor.${why}`;
    return `Try another render factor; when the file was added, ${listed(working.map(String))} worked.${why}`;
  }

  private wrongSize(found: readonly number[], expected: readonly number[]) {
    return colorizerError('SIZE', {
      message: `The colorizer "${this.name}" gives [${found.join(', ')}] numbers; its contract expects [${expected.join(', ')}].`,
      remedy: 'Use a file that was exported for this contract.',
      details: { colorizer: this.name, found, expected },
    });
  }

  private wrongType() {
    return colorizerError('TENSOR', {
      message: `The output "${this.tensors.output}" of the colorizer "${this.name}" is not float32.`,
      remedy: 'Export the model with float32 inputs and outputs; its weights may have any type.',
      details: { colorizer: this.name },
    });
  }
}

async function checkHash({ name, file, sha256: expected }: ColorizerFile): Promise<void> {
  let found: string;
  try {
    found = await sha256File(file);
  } catch (cause) {
    throw colorizerError('MISSING', {
      message: `The file of the colorizer "${name}" cannot be read: ${file}`,
      remedy: 'Add it again: chromaray colorizer add.',
      cause,
      details: { colorizer: name, file },
    });
  }
  if (found === expected) return;
  throw colorizerError('HASH', {
    message: `${file} is not the file that the colorizer "${name}" is pinned to: its SHA-256 is ${found}, expected ${expected}.`,
    remedy: 'Get the file again; if it was changed on purpose, add it under a new name.',
    details: { colorizer: name, file, found, expected },
  });
}

async function load({ name, file }: ColorizerFile, { threads }: OpenOptions): Promise<OnnxRunner> {
  try {
    return await OnnxRunner.load(file, threads === undefined ? {} : { threads });
  } catch (cause) {
    throw colorizerError('MODEL', {
      message: `The file of the colorizer "${name}" cannot be run: ${(cause as Error).message}`,
      remedy: 'Use an ONNX file with its weights inside.',
      cause,
      details: { colorizer: name, file },
    });
  }
}
