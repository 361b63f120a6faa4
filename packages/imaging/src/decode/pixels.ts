import type { Image } from '../image.js';
import type { ImageHeader } from './header.js';
import { imageError } from './image-error.js';
import { plainBytes, sharp } from './sharp.js';
import type { EncodedImage } from './source.js';

/**
 * Decodes to 8-bit samples, gray with 1 channel and everything else with 3.
 *
 * An embedded ICC profile is ignored: in the published Kermany set the profile stands in the files of one
 * class only, and applying it would brighten that class, which a network learns at once. Transparency is
 * flattened onto black, as air is on a radiograph.
 *
 * @throws ChromarayError `CHROMARAY_IMAGE_TRUNCATED` or `CHROMARAY_IMAGE_UNREADABLE`
 */
export async function decodePixels(encoded: EncodedImage, header: ImageHeader, maxPixels: number): Promise<Image> {
  const gray = header.colourModel === 'gray';
  if (header.dataStart !== undefined) return plainSamples(encoded, header, header.dataStart);
  const deep = header.bitDepth === 16;
  try {
    const pipeline = sharp()(encoded.bytes, {
      failOn: 'error',
      ignoreIcc: true,
      limitInputPixels: maxPixels,
    }).flatten({ background: '#000' });
    const { data, info } = await pipeline
      .toColourspace(gray ? (deep ? 'grey16' : 'b-w') : deep ? 'rgb16' : 'srgb')
      .raw({ depth: deep ? 'ushort' : 'uchar' })
      .toBuffer({ resolveWithObject: true });
    const samples = deep ? toEightBits(data) : plainBytes(data);
    return { width: info.width, height: info.height, channels: gray ? 1 : 3, data: samples };
  } catch (cause) {
    if (endsEarly(encoded.bytes, header.format)) {
      throw imageError('TRUNCATED', encoded.name, 'ends before the picture does', cause);
    }
    throw imageError('UNREADABLE', encoded.name, `cannot be decoded: ${firstLine(cause)}`, cause);
  }
}

function plainSamples(
  { name, bytes }: EncodedImage,
  { width, height, colourModel }: ImageHeader,
  start: number,
): Image {
  const channels = colourModel === 'gray' ? 1 : 3;
  const data = Uint8Array.from(bytes.subarray(start, start + width * height * channels));
  if (data.length < width * height * channels) throw imageError('TRUNCATED', name, 'ends before the picture does');
  return { width, height, channels, data };
}

/** 16-bit samples in the machine's byte order to 8 bits: `v * 255 / 65535`, rounded to nearest. */
function toEightBits(bytes: Uint8Array): Uint8Array {
  const samples = new Uint16Array(bytes.buffer, bytes.byteOffset, bytes.length / 2);
  const result = new Uint8Array(samples.length);
  // 65535 = 255 * 257, and 257 is odd, so that no value lies half way.
  for (let i = 0; i < samples.length; i++) result[i] = ((samples[i]! + 128) / 257) | 0;
  return result;
}

/** A whole PNG ends with the chunk IEND, a whole JPEG with the marker EOI (ignoring padding after it). */
function endsEarly(bytes: Uint8Array, format: ImageHeader['format']): boolean {
  const tail = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).subarray(-1024);
  return !tail.includes(format === 'png' ? Buffer.from('IEND') : Buffer.of(0xff, 0xd9));
}

function firstLine(error: unknown): string {
  return (error as Error).message.split('\n', 1)[0]?.replace(/\.$/, '') || 'the decoder gave no reason';
}
