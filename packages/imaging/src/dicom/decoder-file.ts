import { createRequire } from 'node:module';

/** The WebAssembly that unpacks compressed frames, for pages that unpack them in a browser. */
export function dicomDecoderFile(): string {
  return createRequire(import.meta.url).resolve('dcmjs-codecs/build/dcmjs-native-codecs.wasm');
}
