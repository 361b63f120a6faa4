import type { EncodedImage } from '../encoded-image.js';
import type { Image } from '../image.js';
import { imageError } from '../image-error.js';
import { Notes } from '../note.js';
import { plainBytes, sharp } from '../sharp.js';
import type { ImageHeader } from './header.js';
import { plainSamples, toEightBits } from './samples.js';

/**
 * Decodes to 8-bit samples, gray with 1 channel and everything else with 3.
 *
 * An embedded ICC profile is ignored: in the published Kermany set the profile is in the files of one
 * class only, and applying it would brighten that class, which a network learns at once. Transparency is
 * flattened onto black, as air is on a radiograph.
 *
 * @param notes takes down what the decoder warns of, and samples that use few of their 16 bits
 * @throws ChromarayError `CHROMARAY_IMAGE_TRUNCATED` or `CHROMARAY_IMAGE_UNREADABLE`
 */
export async function decodePixels(
  encoded: EncodedImage,
  header: ImageHeader,
  maxPixels: number,
  notes: Notes = new Notes(),
): Promise<Image> {
  if (header.dataStart !== undefined) return plainSamples(encoded, header, header.dataStart);
  const { name, bytes } = encoded;
  try {
    return await decoded(bytes, header, maxPixels, 'warning', notes);
  } catch (warning) {
    if (endsEarly(bytes, header.format)) {
      throw imageError('TRUNCATED', name, 'ends before the picture does', warning);
    }
    const said = firstLine(warning);
    if (/premature end/i.test(said)) {
      throw imageError('TRUNCATED', name, `lacks a part of its pixels: ${said}`, warning);
    }
    // Where data are corrupt, the decoder makes pixels up; bytes too many before a marker cost none.
    if (/corrupt/i.test(said) && !/extraneous bytes/i.test(said)) {
      throw imageError('UNREADABLE', name, `is damaged: ${said}`, warning);
    }
    try {
      const image = await decoded(bytes, header, maxPixels, 'error', notes);
      notes.add('decoder', `was decoded with a warning: ${said}`);
      return image;
    } catch (cause) {
      throw imageError('UNREADABLE', name, `cannot be decoded: ${firstLine(cause)}`, cause);
    }
  }
}

async function decoded(
  bytes: Uint8Array,
  header: ImageHeader,
  maxPixels: number,
  failOn: 'error' | 'warning',
  notes: Notes,
): Promise<Image> {
  const gray = header.colourModel === 'gray';
  const deep = header.bitDepth === 16;
  const { data, info } = await sharp()(bytes, { failOn, ignoreIcc: true, limitInputPixels: maxPixels })
    .flatten({ background: '#000' })
    .toColourspace(gray ? (deep ? 'grey16' : 'b-w') : deep ? 'rgb16' : 'srgb')
    .raw({ depth: deep ? 'ushort' : 'uchar' })
    .toBuffer({ resolveWithObject: true });
  const samples = deep
    ? toEightBits(new Uint16Array(data.buffer, data.byteOffset, data.length / 2), notes)
    : plainBytes(data);
  return { width: info.width, height: info.height, channels: gray ? 1 : 3, data: samples };
}

/** A whole PNG ends with the chunk IEND, a whole JPEG with the marker EOI (ignoring padding after it). */
function endsEarly(bytes: Uint8Array, format: ImageHeader['format']): boolean {
  const tail = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).subarray(-1024);
  return !tail.includes(format === 'png' ? Buffer.from('IEND') : Buffer.of(0xff, 0xd9));
}

function firstLine(error: unknown): string {
  const line = (error as Error).message.split('\n', 1)[0]?.replace(/\.$/, '');
  return line?.replace(/^Vips\w+: /, '') || 'the decoder gave no reason';
}
