import type { EncodedImage } from '../encoded-image.js';
import type { Image } from '../image.js';
import { imageError } from '../image-error.js';
import type { Notes } from '../note.js';
import type { ImageHeader } from './header.js';

/** The samples of a picture that is not compressed. @throws ChromarayError `CHROMARAY_IMAGE_TRUNCATED` */
export function plainSamples(
  { name, bytes }: EncodedImage,
  { width, height, colourModel }: ImageHeader,
  start: number,
): Image {
  const channels = colourModel === 'gray' ? 1 : 3;
  const data = Uint8Array.from(bytes.subarray(start, start + width * height * channels));
  if (data.length < width * height * channels) throw imageError('TRUNCATED', name, 'ends before the picture does');
  return { width, height, channels, data };
}

/** 16-bit samples to 8 bits: `v * 255 / 65535`, rounded to nearest. */
export function toEightBits(samples: Uint16Array, notes: Notes): Uint8Array {
  const result = new Uint8Array(samples.length);
  noteUnusedBits(samples, notes);
  // 65535 = 255 * 257, and 257 is odd, so that no value lies half way.
  for (let i = 0; i < samples.length; i++) result[i] = ((samples[i]! + 128) / 257) | 0;
  return result;
}

/** Samples of 10 or 12 bits are found in 16-bit files as they are, not stretched to their range. */
function noteUnusedBits(samples: Uint16Array, notes: Notes): void {
  const largest = samples.reduce((most, sample) => Math.max(most, sample), 0);
  const bits = 32 - Math.clz32(largest);
  if (largest === 0 || bits === 16) return;
  const levels = ((largest + 128) >> 8) + 1;
  notes.add('gray-levels', `uses ${bits} of 16 bits, which leaves ${levels} of 256 gray levels`);
}
