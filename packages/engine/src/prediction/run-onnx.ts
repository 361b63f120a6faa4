import { existsSync } from 'node:fs';
import type { BackendOptions } from '../backends/backend.js';
import { type OrtSession, openOrtFile, wrap } from '../backends/onnxruntime/ort.js';
import { modelError } from '../onnx/errors.js';

/** An input or output that a model file declares. */
export interface TensorDeclaration {
  readonly name: string;
  /** ONNX Runtime's word for the element type: `float32`, `float16`, `uint8`, ... */
  readonly type: string;
  /** Sides; a name or nothing stands for one that each run chooses. */
  readonly shape: readonly (number | string)[];
}

/** Numbers with their shape, in row-major order. */
export interface FloatTensor {
  readonly data: Float32Array;
  readonly dims: readonly number[];
}

/** What fails is thrown, with its reason: ONNX Runtime need not write it to the terminal as well. */
const quiet = { logSeverityLevel: 4 } as const;

/**
 * Any `.onnx` file with float32 tensors, as it is: handed to ONNX Runtime unread, so that operators the engine
 * cannot differentiate and files of any size run as well. For models that the engine trains or has saved use
 * `Predictor`, which takes pixels.
 *
 * @example
 * const runner = await OnnxRunner.load('colorizer.onnx');
 * const { output } = await runner.run({ input: { data, dims: [1, 3, 256, 256] } }, ['output']);
 * await runner.release();
 */
export class OnnxRunner {
  private constructor(private readonly session: OrtSession) {}

  /**
   * @throws ChromarayError `CHROMARAY_MODEL_MISSING` when there is no such file, `CHROMARAY_BACKEND_PROVIDER`,
   *   `CHROMARAY_BACKEND_MODEL` when ONNX Runtime refuses it
   */
  static async load(file: string, options: BackendOptions = {}): Promise<OnnxRunner> {
    if (!existsSync(file)) throw modelError('MISSING', file, 'the model file cannot be read');
    return new OnnxRunner(await openOrtFile(file, options));
  }

  /** Inputs that a run must give. */
  get inputs(): readonly TensorDeclaration[] {
    return this.session.inputMetadata.map(declaration);
  }

  get outputs(): readonly TensorDeclaration[] {
    return this.session.outputMetadata.map(declaration);
  }

  /**
   * One run. Only float32 tensors go in and are asked for.
   *
   * @param outputs names of the outputs wanted
   * @throws Error of ONNX Runtime when shapes do not fit the graph
   */
  async run(
    inputs: Readonly<Record<string, FloatTensor>>,
    outputs: readonly string[],
  ): Promise<Record<string, FloatTensor>> {
    const feeds = Object.entries(inputs).map(([name, { data, dims }]) => [name, wrap('float32', data, dims)]);
    const results = await this.session.run(Object.fromEntries(feeds), outputs, quiet);
    return Object.fromEntries(
      outputs.map((name) => [name, { data: results[name]!.data as Float32Array, dims: results[name]!.dims }]),
    );
  }

  /** Frees the memory of the session. It cannot be used afterwards. */
  async release(): Promise<void> {
    await this.session.release();
  }
}

function declaration(metadata: OrtSession['inputMetadata'][number]): TensorDeclaration {
  const { name } = metadata;
  return metadata.isTensor ? { name, type: metadata.type, shape: metadata.shape } : { name, type: 'other', shape: [] };
}
