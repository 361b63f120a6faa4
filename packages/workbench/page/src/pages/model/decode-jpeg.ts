import { codedError } from '@chromaray/contracts/errors';
import { type EncodedImage, type Image, type ImageHeader, imageError } from '@chromaray/imaging/browser';

/**
 * Decodes a JPEG with the browser's decoder, to the levels as they are stored: without colour profile and without turning
 * it, as the program's own decoding goes.
 *
 * @throws ChromarayError `CHROMARAY_IMAGE_UNREADABLE`, `CHROMARAY_IMAGE_TRUNCATED`; `CHROMARAY_PAGE_PIXELS`
 */
export async function decodeJpeg({ name, bytes }: EncodedImage, header: ImageHeader): Promise<Image> {
  // Browsers fill up with gray what is missing at the end.
  if (!endsWhole(bytes)) throw imageError('TRUNCATED', name, 'ends before the picture does');
  const { width, height } = header;
  let picture: ImageBitmap;
  try {
    const blob = new Blob([withoutProfileAndExif(bytes) as Uint8Array<ArrayBuffer>], { type: 'image/jpeg' });
    picture = await createImageBitmap(blob, { colorSpaceConversion: 'none', premultiplyAlpha: 'none' });
  } catch (cause) {
    throw imageError('UNREADABLE', name, 'cannot be decoded', cause);
  }
  if (picture.width !== width || picture.height !== height) throw imageError('UNREADABLE', name, 'is damaged');
  const data = pixelsOf(picture, width, height);
  picture.close();
  const channels = header.colourModel === 'gray' ? 1 : 3;
  const levels = new Uint8Array(width * height * channels);
  for (let i = 0; i < levels.length; i++) levels[i] = data[channels === 1 ? 4 * i : 4 * Math.floor(i / 3) + (i % 3)]!;
  return { width, height, channels, data: levels };
}

function pixelsOf(picture: ImageBitmap, width: number, height: number): Uint8ClampedArray {
  refuseChangedPixels();
  const context = contextOf(width, height);
  context.drawImage(picture, 0, 0);
  return context.getImageData(0, 0, width, height).data;
}

function contextOf(width: number, height: number): OffscreenCanvasRenderingContext2D {
  return new OffscreenCanvas(width, height).getContext('2d', { willReadFrequently: true })!;
}

/** Some browsers change what a page reads of a canvas, so that it cannot be recognised by it. */
function refuseChangedPixels(): void {
  const side = 16;
  const known = new ImageData(side, side);
  for (let i = 0; i < known.data.length; i++) known.data[i] = i % 4 === 3 ? 255 : i >> 2;
  const context = contextOf(side, side);
  context.putImageData(known, 0, 0);
  const { data } = context.getImageData(0, 0, side, side);
  if (data.every((value, i) => value === known.data[i])) return;
  throw codedError('CHROMARAY_PAGE_PIXELS', { message: 'This browser changes the pixels that a page reads.' });
}

function endsWhole(bytes: Uint8Array): boolean {
  for (let at = bytes.length - 2; at >= Math.max(0, bytes.length - 1024); at--)
    if (bytes[at] === 0xff && bytes[at + 1] === 0xd9) return true;
  return false;
}

/** Without the segments APP1 (EXIF, which may turn the picture) and APP2 (a colour profile). */
function withoutProfileAndExif(bytes: Uint8Array): Uint8Array {
  const kept: Uint8Array[] = [bytes.subarray(0, 2)];
  let at = 2;
  while (at + 4 <= bytes.length && bytes[at] === 0xff) {
    const marker = bytes[at + 1]!;
    if (marker === 0xff) {
      at++;
      continue;
    }
    // From here on there are pixels.
    if (marker === 0xda || marker === 0xd9 || (marker >= 0xd0 && marker <= 0xd7)) break;
    const end = at + 2 + bytes[at + 2]! * 256 + bytes[at + 3]!;
    if (marker !== 0xe1 && marker !== 0xe2) kept.push(bytes.subarray(at, end));
    at = end;
  }
  kept.push(bytes.subarray(at));
  const joined = new Uint8Array(kept.reduce((sum, { length }) => sum + length, 0));
  let to = 0;
  for (const part of kept) {
    joined.set(part, to);
    to += part.length;
  }
  return joined;
}
