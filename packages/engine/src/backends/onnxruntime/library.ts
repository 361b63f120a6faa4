import { createRequire } from 'node:module';
import path from 'node:path';
import { ChromarayError } from '@chromaray/base';
import type * as Ort from 'onnxruntime-node';

let loaded: typeof Ort | undefined;

/**
 * ONNX Runtime's binding for Node; loaded when first needed, so that a platform without its binary can do all that
 * computes nothing.
 *
 * @throws ChromarayError `CHROMARAY_ONNXRUNTIME_BINARY` where there is none, or it does not load
 */
export function ort(): typeof Ort {
  loaded ??= load(() => createRequire(import.meta.url)('onnxruntime-node') as typeof Ort);
  return loaded;
}

/** Where ONNX Runtime's libraries for this platform lie; relative to the working folder where they are below it. */
export function ortFolder(): string {
  const home = path.dirname(createRequire(import.meta.url).resolve('onnxruntime-node/package.json'));
  const folder = path.join(home, 'bin', 'napi-v6', process.platform, process.arch);
  const relative = path.relative('', folder);
  return relative.startsWith('..') ? folder : relative;
}

/** @param require loads the library; replaced in tests */
export function load(require: () => typeof Ort): typeof Ort {
  try {
    const library = require();
    // What goes wrong is thrown; the library would print it as well, in its own words.
    library.env.logLevel = 'fatal';
    return library;
  } catch (cause) {
    throw new ChromarayError({
      code: 'CHROMARAY_ONNXRUNTIME_BINARY',
      message: `ONNX Runtime does not load on ${process.platform} ${process.arch}: ${(cause as Error).message.split('\n')[0]}`,
      remedy:
        'It has binaries for Linux (glibc) and Windows on x64 and arm64, and for macOS on arm64: use one of these, and install again if yours is one.',
      cause,
      details: { platform: process.platform, architecture: process.arch },
    });
  }
}
