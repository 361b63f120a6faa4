import { ChromarayError, nearest } from '@chromaray/base';
import { env, InferenceSession, listSupportedBackends, Tensor } from 'onnxruntime-node';
import type { DType, Model } from '../../graph/types.js';
import { writeModel } from '../../onnx/write.js';
import type { BackendOptions } from '../backend.js';

/**
 * Options of every session. Without memory patterns (one block planned for all values of a graph) a training
 * step of `gray-final` at batch 32 takes 440 MB instead of 609, at the same speed.
 *
 * `session.set_denormal_as_zero` is left alone although it spares slow arithmetic: the first session that is
 * created decides it for the thread it is created on, and with it for all of JavaScript's numbers.
 */
const commonOptions: InferenceSession.SessionOptions = {
  graphOptimizationLevel: 'all',
  enableMemPattern: false,
  logSeverityLevel: 3,
};

export { InferenceSession as OrtSession, Tensor as OrtTensor };

/** Version of the onnxruntime-node library in use. */
export function ortVersion(): string {
  return env.versions.node ?? env.versions.common;
}

/** Execution providers that this binary of ONNX Runtime holds; `cpu` is always among them. */
export function ortProviders(): readonly string[] {
  return listSupportedBackends().map(({ name }) => name);
}

/**
 * Loads a model into ONNX Runtime.
 *
 * @throws ChromarayError `CHROMARAY_BACKEND_PROVIDER` for a provider this binary does not hold,
 *   `CHROMARAY_BACKEND_MODEL` when ONNX Runtime refuses the model
 */
export async function createOrtSession(
  model: Model,
  options: BackendOptions,
  sessionOptions: InferenceSession.SessionOptions = {},
): Promise<InferenceSession> {
  return guarded(`the graph "${model.graph.name}"`, options, (base) =>
    InferenceSession.create(writeModel(model), { ...base, ...sessionOptions }),
  );
}

/** Opens a `.onnx` file as it is, with external data beside it. Throws as {@link createOrtSession}. */
export async function openOrtFile(file: string, options: BackendOptions): Promise<InferenceSession> {
  return guarded(file, options, (base) => InferenceSession.create(file, { ...base, enableMemPattern: true }));
}

async function guarded(
  model: string,
  options: BackendOptions,
  create: (base: InferenceSession.SessionOptions) => Promise<InferenceSession>,
): Promise<InferenceSession> {
  const provider = checkProvider(options.provider ?? 'cpu');
  try {
    return await create({
      ...commonOptions,
      executionProviders: [provider],
      ...(options.threads === undefined ? {} : { intraOpNumThreads: options.threads }),
    });
  } catch (cause) {
    throw new ChromarayError({
      code: 'CHROMARAY_BACKEND_MODEL',
      message: `ONNX Runtime ${ortVersion()} cannot run ${model} on ${provider}: ${(cause as Error).message}`,
      remedy: 'Try the provider cpu; if the model came from a file, check it with onnx.checker.',
      cause,
      details: { model, provider },
    });
  }
}

function checkProvider(provider: string): string {
  const known = ortProviders();
  if (known.includes(provider)) return provider;
  const suggestion = nearest(provider, known);
  throw new ChromarayError({
    code: 'CHROMARAY_BACKEND_PROVIDER',
    message: `This ONNX Runtime has no execution provider "${provider}"; it has ${known.join(', ')}.`,
    remedy: suggestion === undefined ? 'Choose one of these.' : `Did you mean ${suggestion}?`,
    details: { provider, known },
  });
}

/** A tensor that ONNX Runtime reads from and writes into the given memory, without a copy. */
export function wrap(
  dtype: Extract<DType, 'float32' | 'uint8'>,
  data: Float32Array | Uint8Array,
  dims: readonly number[],
): Tensor {
  return dtype === 'uint8'
    ? new Tensor('uint8', data as Uint8Array, dims)
    : new Tensor('float32', data as Float32Array, dims);
}
