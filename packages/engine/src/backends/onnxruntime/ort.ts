import { ChromarayError } from '@chromaray/base';
import type { InferenceSession, Tensor } from 'onnxruntime-node';
import { GraphBuilder } from '../../builder/builder.js';
import { defaultOpset } from '../../graph/opset.js';
import type { DType, Model } from '../../graph/types.js';
import { writeModel } from '../../onnx/write.js';
import type { BackendOptions } from '../backend.js';
import { graphModel } from './graph-model.js';
import { ort } from './library.js';
import { lowered } from './lower/lower.js';
import { executionProvider, providerFailed } from './providers.js';

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

export type { InferenceSession as OrtSession, Tensor as OrtTensor };

/** Version of the onnxruntime-node library in use. */
export function ortVersion(): string {
  const { versions } = ort().env;
  return versions.node ?? versions.common;
}

/**
 * Loads a model into ONNX Runtime.
 *
 * @throws ChromarayError `CHROMARAY_BACKEND_PROVIDER` for a provider this binary does not hold or that does not
 *   start on this machine, `CHROMARAY_BACKEND_PROVIDER_OPTION`, `CHROMARAY_BACKEND_MODEL` when ONNX Runtime
 *   refuses the model
 */
export async function createOrtSession(
  model: Model,
  options: BackendOptions,
  sessionOptions: InferenceSession.SessionOptions = {},
): Promise<InferenceSession> {
  const { name } = model.graph;
  const session = await guarded(`the graph "${name}"`, options, (base) =>
    ort().InferenceSession.create(writeModel(lowered(model, options.provider ?? 'cpu')), {
      ...base,
      ...sessionOptions,
    }),
  );
  return options.onKernel === undefined ? session : reportingRuns(session, `onnxruntime: ${name}`, options.onKernel);
}

/** The session, which says after each run how long it took. */
function reportingRuns(
  session: InferenceSession,
  label: string,
  onKernel: NonNullable<BackendOptions['onKernel']>,
): InferenceSession {
  const run = session.run.bind(session) as (...parameters: unknown[]) => ReturnType<InferenceSession['run']>;
  session.run = async (...parameters: unknown[]) => {
    const begun = performance.now();
    const results = await run(...parameters);
    onKernel(label, (performance.now() - begun) / 1000);
    return results;
  };
  return session;
}

/**
 * Opens a `.onnx` file as it is, with external data beside it. Throws as {@link createOrtSession}.
 *
 * ONNX Runtime's threads wait for the next run in a loop that takes a whole core each. Here they stop when a run
 * ends: what the program does with the result would otherwise cost its processor time twice on two cores.
 */
export async function openOrtFile(file: string, options: BackendOptions): Promise<InferenceSession> {
  const extra = { session: { force_spinning_stop: '1' } };
  return guarded(file, options, (base) =>
    ort().InferenceSession.create(file, { ...base, enableMemPattern: true, extra }),
  );
}

async function guarded(
  model: string,
  options: BackendOptions,
  create: (base: InferenceSession.SessionOptions) => Promise<InferenceSession>,
): Promise<InferenceSession> {
  const { provider = 'cpu' } = options;
  const base = {
    ...commonOptions,
    executionProviders: [executionProvider(options)],
    ...(options.threads === undefined ? {} : { intraOpNumThreads: options.threads }),
  };
  try {
    return await create(base);
  } catch (cause) {
    if (provider !== 'cpu') await start(base, (problem) => providerFailed(provider, problem));
    throw new ChromarayError({
      code: 'CHROMARAY_BACKEND_MODEL',
      message: `ONNX Runtime ${ortVersion()} cannot run ${model} on ${provider}: ${(cause as Error).message}`,
      remedy: 'Try the provider cpu; if the model came from a file, check it with onnx.checker.',
      cause,
      details: { model, provider },
    });
  }
}

/** Tells a provider that does not start from a model that it refuses: it must run the smallest of models. */
async function start(base: InferenceSession.SessionOptions, failed: (problem: Error) => ChromarayError): Promise<void> {
  try {
    const session = await ort().InferenceSession.create(writeModel(smallestModel()), base);
    await session.release();
  } catch (problem) {
    throw failed(problem as Error);
  }
}

/** `y = x + x` for `x` [4]. */
export function smallestModel(): Model {
  const builder = new GraphBuilder('smallest', defaultOpset);
  builder.input('x', 'float32', [4]);
  builder.output(builder.node('Add', ['x', 'x'], {}, { outputs: ['y'] }));
  return graphModel(builder.build(), defaultOpset);
}

/** A tensor that ONNX Runtime reads from and writes into the given memory, without a copy. */
export function wrap(
  dtype: Extract<DType, 'float32' | 'uint8'>,
  data: Float32Array | Uint8Array,
  dims: readonly number[],
): Tensor {
  const { Tensor } = ort();
  return dtype === 'uint8'
    ? new Tensor('uint8', data as Uint8Array, dims)
    : new Tensor('float32', data as Float32Array, dims);
}
