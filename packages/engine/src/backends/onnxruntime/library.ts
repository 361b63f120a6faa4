import { createRequire } from 'node:module';
import path from 'node:path';
import { ChromarayError } from '@chromaray/base';
import type * as Ort from 'onnxruntime-node';

let loaded: typeof Ort | undefined;

/**
 * ONNX Runtime's binding for Node; loaded when first needed, so that a platform without its binary can do all that
 * computes nothing. Its reports of usage to Microsoft are switched off first, here, because no other place loads it.
 *
 * @throws ChromarayError `CHROMARAY_ONNXRUNTIME_BINARY` where there is none, or it does not load
 */
export function ort(): typeof Ort {
  // Read when the library creates its environment; without it, it keeps an identifier and a queue of events on disk.
  process.env.ORT_DISABLE_TELEMETRY = '1';
  loaded ??= load(() => createRequire(import.meta.url)('onnxruntime-node') as typeof Ort);
  return loaded;
}

/** Whether the libraries of this program report its usage to anyone, as `chromaray doctor` says it. */
export function telemetry(platform: NodeJS.Platform = process.platform): {
  readonly off: boolean;
  readonly explanation: string;
} {
  if (platform !== 'win32')
    return {
      off: true,
      explanation: 'that of ONNX Runtime, the only library here that has any, is switched off before it loads.',
    };
  return {
    off: false,
    explanation:
      'ONNX Runtime hands events to Windows, which sends them to Microsoft only where optional diagnostic data are on (Settings, Privacy, Diagnostics); its binding for Node has no switch.',
  };
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
