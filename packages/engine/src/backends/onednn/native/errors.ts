import { ChromarayError } from '@chromaray/base';
import { statuses } from './constants.js';
import { installHelp } from './install-help.js';

/** No oneDNN where it is looked for. */
export function notFound(platform: NodeJS.Platform): ChromarayError {
  return new ChromarayError({
    code: 'CHROMARAY_ONEDNN_MISSING',
    message: 'The oneDNN library was not found in the standard library folders.',
    remedy: installHelp(platform),
  });
}

/** A file that is not a library, or not one for this machine. */
export function notLoadable(file: string, cause: unknown): ChromarayError {
  return new ChromarayError({
    code: 'CHROMARAY_ONEDNN_LOAD',
    message: `The file ${file} cannot be loaded as the oneDNN library: ${(cause as Error).message}`,
    remedy:
      'Install oneDNN for this machine, or correct CHROMARAY_ONEDNN if it names this file; the backend onnxruntime needs neither.',
    cause,
    details: { file },
  });
}

/** A library without a function that its version should have. */
export function missingSymbol(file: string, version: string, symbol: string, cause: unknown): ChromarayError {
  return new ChromarayError({
    code: 'CHROMARAY_ONEDNN_SYMBOL',
    message: `The library ${file} (${version === '' ? 'no version' : `oneDNN ${version}`}) has no function ${symbol}.`,
    remedy: 'Install a complete oneDNN 2.6 or newer, or use the backend onnxruntime.',
    cause,
    details: { file, version, symbol },
  });
}

/** A oneDNN whose interface is not known here. */
export function unknownVersion(file: string, version: string): ChromarayError {
  return new ChromarayError({
    code: 'CHROMARAY_ONEDNN_VERSION',
    message: `The library ${file} is oneDNN ${version}; 2.6 and newer versions of 2.x, and 3.x, are understood.`,
    remedy: 'Install one of these, or use the backend onnxruntime.',
    details: { file, version },
  });
}

/** A call that oneDNN has refused. */
export function callFailed(call: string, status: number): ChromarayError {
  const words = statuses[status] ?? `status ${status}`;
  const memory = status === 1;
  return new ChromarayError({
    code: memory ? 'CHROMARAY_ONEDNN_MEMORY' : 'CHROMARAY_ONEDNN_CALL',
    message: `oneDNN's ${call} failed: ${words}.`,
    remedy: memory
      ? 'Use a smaller batch or smaller images.'
      : 'Use the backend onnxruntime, and report this model and machine.',
    details: { call, status },
  });
}
