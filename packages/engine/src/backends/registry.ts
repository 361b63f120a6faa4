import { ChromarayError, isChromarayError, nearest } from '@chromaray/base';
import type { Backend, BackendDescription } from './backend.js';
import { onednnBackend } from './onednn/backend.js';
import { onnxruntimeBackend } from './onnxruntime/backend.js';
import type { Provider } from './provider.js';

/** Backends in order of preference: `auto` takes the first that this machine has. */
const backends: readonly Backend[] = [onednnBackend, onnxruntimeBackend];

/** Names `createBackend` knows. */
export const backendNames: readonly string[] = ['auto', ...backends.map((backend) => backend.name)];

/**
 * The backend of a name; `auto` is the fastest that this machine has for an execution provider.
 *
 * @throws ChromarayError `CHROMARAY_BACKEND_UNKNOWN`
 */
export function createBackend(name = 'auto', provider: Provider = 'cpu'): Backend {
  if (name === 'auto') {
    const fastest = backends.find((backend) => availability(backend).providers?.includes(provider));
    // A provider that no backend has: onnxruntime says so when it is asked for it.
    return fastest ?? onnxruntimeBackend;
  }
  const found = backends.find((backend) => backend.name === name);
  if (found !== undefined) return found;
  const suggestion = nearest(name, backendNames);
  throw new ChromarayError({
    code: 'CHROMARAY_BACKEND_UNKNOWN',
    message: `There is no backend "${name}"; there are ${backendNames.join(', ')}.`,
    remedy: suggestion === undefined ? 'Choose one of these.' : `Did you mean ${suggestion}?`,
    details: { name, names: backendNames },
  });
}

/** A backend as this machine has it, or why it has not. */
export interface BackendAvailability {
  readonly name: Backend['name'];
  readonly available: boolean;
  /** When available. */
  readonly version?: string;
  readonly device?: string;
  readonly library?: BackendDescription['library'];
  readonly providers?: readonly Provider[];
  readonly precisions?: BackendDescription['precisions'];
  /** When not: what was found, and what to do, such as how to install it on this platform. */
  readonly reason?: string;
  readonly remedy?: string;
}

/** All backends in order of preference, for diagnosis. The first that is available is what `auto` takes. */
export function describeBackends(): readonly BackendAvailability[] {
  return backends.map(availability);
}

function availability(backend: Backend): BackendAvailability {
  const { name } = backend;
  try {
    return { ...backend.describe(), name, available: true };
  } catch (error) {
    if (!isChromarayError(error)) throw error;
    return { name, available: false, reason: error.message, remedy: error.remedy };
  }
}
