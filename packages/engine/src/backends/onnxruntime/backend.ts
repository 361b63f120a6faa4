import os from 'node:os';
import { ChromarayError } from '@chromaray/base';
import type { Backend, BackendOptions } from '../backend.js';
import { OrtGradientSession } from './gradient-session.js';
import { OrtInferenceSession } from './inference-session.js';
import { ortVersion } from './ort.js';
import { ortProviders } from './providers.js';
import { OrtTrainingSession } from './training-session.js';

/**
 * Runs graphs with ONNX Runtime from npm: on every machine, nothing else to install. A run holds the thread
 * it is called on, so long trainings belong in a child process.
 */
export const onnxruntimeBackend: Backend = {
  name: 'onnxruntime',
  describe: () => ({
    name: 'onnxruntime',
    version: ortVersion(),
    device: `${os.cpus()[0]?.model.trim() ?? os.arch()} (${os.availableParallelism()} threads)`,
    providers: ortProviders(),
    precisions: ['float32'],
  }),
  train: async (specification, batch, options = {}) => {
    checkPrecision(options);
    return OrtTrainingSession.create(specification, batch, options);
  },
  infer: async (model, _batch, options = {}) => {
    checkPrecision(options);
    return OrtInferenceSession.create(model, options);
  },
  differentiate: async (specification, batch, options = {}) => {
    checkPrecision(options);
    return OrtGradientSession.create(specification, batch, options);
  },
};

function checkPrecision({ precision = 'float32' }: BackendOptions): void {
  if (precision === 'float32') return;
  throw new ChromarayError({
    code: 'CHROMARAY_PRECISION_UNSUPPORTED',
    message: `The backend onnxruntime computes in float32; it has no precision "${precision}".`,
    remedy: 'Use the precision float32, or the backend onednn on a processor that computes in bfloat16.',
    details: { precision },
  });
}
