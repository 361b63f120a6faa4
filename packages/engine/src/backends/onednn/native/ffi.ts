import { createRequire } from 'node:module';
import { ChromarayError } from '@chromaray/base';
import type * as Koffi from 'koffi';

let loaded: typeof Koffi | undefined;

/**
 * koffi, which calls native functions; loaded when first needed, so that a platform without its binary can
 * still use every other backend.
 *
 * @throws ChromarayError `CHROMARAY_ONEDNN_FFI`
 */
export function ffi(): typeof Koffi {
  try {
    loaded ??= createRequire(import.meta.url)('koffi') as typeof Koffi;
    return loaded;
  } catch (cause) {
    throw new ChromarayError({
      code: 'CHROMARAY_ONEDNN_FFI',
      message: `The package koffi, which calls oneDNN, cannot be loaded: ${(cause as Error).message}`,
      remedy: 'Install again without leaving out optional dependencies, or use the backend onnxruntime.',
      cause,
    });
  }
}
