import os from 'node:os';
import type { Backend } from '../backend.js';
import { OrtInferenceSession } from './inference-session.js';
import { ortProviders, ortVersion } from './ort.js';
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
  }),
  train: (specification, batch, options = {}) => OrtTrainingSession.create(specification, batch, options),
  infer: (model, _batch, options = {}) => OrtInferenceSession.create(model, options),
};
