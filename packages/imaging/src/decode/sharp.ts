import sharp from 'sharp';

// Pictures are decoded side by side, one thread each: that is faster than several threads within one
// picture. Every file is read once, so libvips' cache of operations would only hold memory.
sharp.concurrency(1);
sharp.cache(false);

/**
 * A Buffer's bytes as a plain Uint8Array, without copying: `slice` of a Buffer shares its memory, that of
 * a Uint8Array copies, and who is handed pixels must be able to rely on one of the two.
 */
export function plainBytes(buffer: Buffer): Uint8Array {
  return new Uint8Array(buffer.buffer, buffer.byteOffset, buffer.byteLength);
}

export { sharp };
