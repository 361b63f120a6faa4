import os from 'node:os';
import type { Backend } from '../backend.js';
import { type Library, loadLibrary } from './native/library.js';
import { OnednnGradientSession } from './session/gradient-session.js';
import { OnednnInferenceSession } from './session/inference-session.js';
import { OnednnTrainingSession } from './session/training-session.js';

let loaded: Library | undefined;

/** The library of this process, loaded on first use. Throws as {@link loadLibrary}. */
export function onednnLibrary(): Library {
  loaded ??= loadLibrary();
  return loaded;
}

/**
 * Runs graphs with the system's oneDNN: the fastest on CPUs. It holds the thread it is called on, which must
 * be a process's main thread, so long trainings belong in a child process.
 */
export const onednnBackend: Backend = {
  name: 'onednn',
  describe: () => {
    const { version, bfloat16, file, others } = onednnLibrary();
    const processor = os.cpus()[0]?.model.trim() ?? os.arch();
    return {
      name: 'onednn',
      version,
      device: `${processor} (${os.availableParallelism()} threads${bfloat16 ? ', bfloat16' : ''})`,
      library: { file, others },
      providers: ['cpu'],
      precisions: bfloat16 ? ['float32', 'bfloat16'] : ['float32'],
    };
  },
  train: async (specification, batch, options = {}) =>
    OnednnTrainingSession.create(onednnLibrary(), specification, batch, options),
  infer: async (model, batch, options = {}) => OnednnInferenceSession.create(onednnLibrary(), model, batch, options),
  differentiate: async (specification, batch, options = {}) =>
    OnednnGradientSession.create(onednnLibrary(), specification, batch, options),
};
