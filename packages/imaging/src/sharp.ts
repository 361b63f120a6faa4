import { createRequire } from 'node:module';
import type Sharp from 'sharp';

let loaded: typeof Sharp | undefined;

/**
 * sharp, which reads and writes pictures; loaded when first needed. Loading it takes 100 ms, which a trial, that
 * reads pixels from packs, and a command that shows no picture do without.
 */
export function sharp(): typeof Sharp {
  loaded ??= configured(createRequire(import.meta.url)('sharp') as typeof Sharp | { readonly default: typeof Sharp });
  return loaded;
}

/**
 * Pictures are decoded side by side, one thread each: that is faster than several threads within one picture.
 * Every file is read once, so libvips' cache of operations would only hold memory.
 *
 * @param module the function itself, or a namespace where Node resolves `require` as it does `import` (under Vitest)
 */
function configured(module: typeof Sharp | { readonly default: typeof Sharp }): typeof Sharp {
  const library = 'default' in module ? module.default : module;
  library.concurrency(1);
  library.cache(false);
  return library;
}

/**
 * A Buffer's bytes as a plain Uint8Array, without copying: `slice` of a Buffer shares its memory, that of
 * a Uint8Array copies, and who is handed pixels must be able to rely on one of the two.
 */
export function plainBytes(buffer: Buffer): Uint8Array {
  return new Uint8Array(buffer.buffer, buffer.byteOffset, buffer.byteLength);
}
