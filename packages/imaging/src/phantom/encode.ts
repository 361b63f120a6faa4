import type { Sharp } from 'sharp';
import type { GrayImage } from '../image.js';
import { sharp } from '../sharp.js';

/** File formats a phantom can be written in. */
export type PhantomFormat = 'jpeg' | 'png';

/** What every phantom says about itself in its metadata (EXIF ImageDescription). */
export const phantomNotice = 'Synthetic chest X-ray made by Chromaray. Shows no real person. Research use only.';

const exif = { IFD0: { ImageDescription: phantomNotice, Software: 'Chromaray' } };

/** A phantom as the bytes of a gray JPEG (quality 90) or PNG file that declares itself synthetic. */
export function encodePhantom(image: GrayImage, format: PhantomFormat): Promise<Buffer> {
  const { width, height, data } = image;
  return finish(sharp()(data, { raw: { width, height, channels: 1 } }), format, 90);
}

/**
 * The same picture in other bytes: a JPEG saved again at quality 75, or a PNG packed with another effort.
 * A comparison of file hashes does not find such a copy.
 */
export function reencodePhantom(file: Uint8Array, format: PhantomFormat): Promise<Buffer> {
  return finish(sharp()(file), format, 75, 1);
}

function finish(picture: Sharp, format: PhantomFormat, quality: number, compressionLevel = 6): Promise<Buffer> {
  const gray = picture.toColourspace('b-w').withExif(exif);
  return (format === 'jpeg' ? gray.jpeg({ quality }) : gray.png({ compressionLevel })).toBuffer();
}
