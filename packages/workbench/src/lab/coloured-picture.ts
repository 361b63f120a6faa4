import { deserializeError, isChromarayError } from '@chromaray/base';
import { inputTransform, openArmColouring } from '@chromaray/colour';
import type { ColourSpec } from '@chromaray/contracts';
import { codedError } from '@chromaray/contracts/errors';
import {
  applyColourTable,
  decodeGray,
  type EncodedImage,
  type GrayImage,
  type Image,
  readSource,
  resize,
  toRgb,
} from '@chromaray/imaging';
import type { Coloured, Colouring, PicturePlace } from '../work/work-order.js';
import { lumaKept } from './luma-kept.js';

/** The longer side of pictures in colour, in pixels: larger ones are reduced first, so that memory is bounded. */
export const longestSide = 2048;

/** A picture in the colours that an arm of a study would have, with what is left of its brightness. @throws those of decoding and colouring */
export async function colouredPicture({ colour, ...place }: PicturePlace & Colouring): Promise<Coloured> {
  const gray = await grayPicture(place);
  const begun = performance.now();
  const { width, height, data, channels } = await inColour(gray, colour);
  return {
    header: { width, height, bits: 8, channels },
    data,
    luma: lumaKept(gray, { width, height, channels, data }),
    seconds: (performance.now() - begun) / 1000,
  };
}

/** Eight bits, as networks are given them, at most {@link longestSide} a side. */
export async function grayPicture(place: PicturePlace): Promise<GrayImage> {
  const gray = await decodeGray(await pictureBytes(place));
  const scale = longestSide / Math.max(gray.width, gray.height);
  if (scale >= 1) return gray;
  return resize(gray, {
    width: Math.max(1, Math.round(gray.width * scale)),
    height: Math.max(1, Math.round(gray.height * scale)),
  });
}

/** @throws ChromarayError `CHROMARAY_WEB_REQUEST` for a colour that only training makes; those of `openColorizer` */
export async function inColour(gray: GrayImage, colour: ColourSpec): Promise<Image> {
  const transform = inputTransform(colour);
  if (transform.kind === 'learned' || transform.kind === 'learned-gray') throw learned();
  if (transform.kind === 'table') return applyColourTable(gray, transform.table);
  const opened = await openArmColouring(colour);
  if (opened === undefined) return toRgb(gray);
  try {
    return await opened.colouring.colour(gray);
  } finally {
    await opened.release();
  }
}

/** The bytes of a picture under the name that errors may say: where files lie is told to nobody. */
export async function pictureBytes({ file, name }: PicturePlace): Promise<EncodedImage> {
  try {
    return { name, bytes: (await readSource(file)).bytes };
  } catch (error) {
    if (!isChromarayError(error)) throw error;
    throw deserializeError({ ...error.toJSON(), message: error.message.replaceAll(file, name), details: {} });
  }
}

function learned() {
  return codedError('CHROMARAY_WEB_REQUEST', {
    message: 'Colours that a network learns differ from trial to trial; there is none before training.',
    remedy: 'Look at them in the cases of a study that has such an arm.',
  });
}
