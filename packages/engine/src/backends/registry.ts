import { ChromarayError, nearest } from '@chromaray/base';
import type { Backend } from './backend.js';
import { onnxruntimeBackend } from './onnxruntime/backend.js';

/** Backends in order of preference: `auto` takes the first. */
const backends: readonly Backend[] = [onnxruntimeBackend];

/** Names `createBackend` knows. */
export const backendNames: readonly string[] = ['auto', ...backends.map((backend) => backend.name)];

/**
 * The backend of a name; `auto` is the fastest that this machine has.
 *
 * @throws ChromarayError `CHROMARAY_BACKEND_UNKNOWN`
 */
export function createBackend(name = 'auto'): Backend {
  const found = name === 'auto' ? backends[0] : backends.find((backend) => backend.name === name);
  if (found !== undefined) return found;
  const suggestion = nearest(name, backendNames);
  throw new ChromarayError({
    code: 'CHROMARAY_BACKEND_UNKNOWN',
    message: `There is no backend "${name}"; there are ${backendNames.join(', ')}.`,
    remedy: suggestion === undefined ? 'Choose one of these.' : `Did you mean ${suggestion}?`,
    details: { name, names: backendNames },
  });
}
