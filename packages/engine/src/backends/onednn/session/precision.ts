import { ChromarayError, nearest } from '@chromaray/base';
import type { BackendOptions } from '../../backend.js';
import type { NativeType } from '../native/constants.js';
import type { Library } from '../native/library.js';

const precisions = ['float32', 'bfloat16'] as const;

/**
 * The type of activations that the options ask for.
 *
 * @throws ChromarayError `CHROMARAY_PRECISION_UNSUPPORTED` for bfloat16 on a processor that does not compute
 *   in it, `CHROMARAY_PRECISION_UNKNOWN` for anything else, `CHROMARAY_BACKEND_PROVIDER` for a provider
 */
export function activationType(library: Pick<Library, 'bfloat16' | 'version'>, options: BackendOptions): NativeType {
  if (options.provider !== undefined && options.provider !== 'cpu') throw onlyCpu(options.provider);
  const precision = options.precision ?? 'float32';
  if (!precisions.includes(precision)) throw unknown(precision);
  if (precision === 'bfloat16' && !library.bfloat16) throw unsupported(library.version);
  return precision;
}

function unsupported(version: string): ChromarayError {
  return new ChromarayError({
    code: 'CHROMARAY_PRECISION_UNSUPPORTED',
    message: `This processor does not compute in bfloat16 (oneDNN ${version} finds neither AMX nor AVX512-BF16).`,
    remedy: 'Use the precision float32.',
    details: { precision: 'bfloat16' },
  });
}

function unknown(precision: string): ChromarayError {
  const suggestion = nearest(precision, precisions);
  return new ChromarayError({
    code: 'CHROMARAY_PRECISION_UNKNOWN',
    message: `There is no precision "${precision}"; there are ${precisions.join(' and ')}.`,
    remedy: suggestion === undefined ? 'Choose one of these.' : `Did you mean ${suggestion}?`,
    details: { precision },
  });
}

function onlyCpu(provider: string): ChromarayError {
  return new ChromarayError({
    code: 'CHROMARAY_BACKEND_PROVIDER',
    message: `The backend onednn runs on the CPU; it has no execution provider "${provider}".`,
    remedy: 'Leave the provider out, or choose the backend onnxruntime.',
    details: { provider, known: ['cpu'] },
  });
}
