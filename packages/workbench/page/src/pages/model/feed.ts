import { codedError } from '@chromaray/contracts/errors';
import { type GrayImage, type Image, informationChannels, smoothRandom, toGray } from '@chromaray/imaging/browser';

/** How a picture of the network's size becomes what the network is fed. */
export interface Feed {
  /** uint8 [channels, height, width]. */
  pixels(small: GrayImage): Uint8Array;
  /** The same in gray, as the likeness of the training data was described. */
  inGray(small: GrayImage): GrayImage;
}

/**
 * The feed of a model by its entry `transform`, which is an arm's colour. Maps and learned colours are in the graph itself, and
 * are fed gray.
 *
 * @throws ChromarayError `CHROMARAY_MODEL_METADATA` for an entry that is no colour; `CHROMARAY_PAGE_COLORIZER` for a colorizer,
 *   which is a network of its own that the file does not hold
 */
export function feedOf(transform: string, name: string): Feed {
  const colour = parsed(transform, name);
  if (typeof colour === 'string') return gray;
  if ('colorizer' in colour) throw colorizer(String(colour.colorizer), name);
  if ('channels' in colour) return coloured(informationChannels);
  if (colour.map === 'smooth-random') {
    const { map: _, ...options } = colour;
    return coloured(smoothRandom(options));
  }
  return gray;
}

type Parsed = 'none' | 'repeat' | Readonly<Record<string, never>>;

function parsed(transform: string, name: string): Parsed {
  if (transform === 'none' || transform === 'repeat') return transform;
  try {
    const value: unknown = JSON.parse(transform);
    const isColour = ['map', 'learned', 'channels', 'colorizer'].some((key) => Object.hasOwn(value as object, key));
    if (isColour) return value as Parsed;
  } catch {
    // Told below.
  }
  throw codedError('CHROMARAY_MODEL_METADATA', {
    message: `${name}: its metadata entry "chromaray" is damaged: "transform" is ${JSON.stringify(transform.slice(0, 60))}, which is no colour of an arm.`,
    remedy: 'Copy the model again from where it was saved, or run its study again.',
  });
}

const gray: Feed = { pixels: ({ data }) => data, inGray: (small) => small };

function coloured(colour: (small: GrayImage) => Image): Feed {
  return { pixels: (small) => planes(colour(small)), inGray: (small) => toGray(colour(small)) };
}

function planes({ width, height, data }: Image): Uint8Array {
  const plane = width * height;
  return Uint8Array.from({ length: data.length }, (_, i) => data[(i % plane) * 3 + Math.floor(i / plane)]!);
}

function colorizer(colorizerName: string, name: string) {
  return codedError('CHROMARAY_PAGE_COLORIZER', {
    message: `${name} is fed X-rays in the colours of the colorizer "${colorizerName}", a network that its file does not hold.`,
    details: { colorizer: colorizerName },
  });
}
