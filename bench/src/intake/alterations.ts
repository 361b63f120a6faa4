import type { Random } from '@chromaray/base';
import { decodeGray, encodeJpeg, type GrayImage, resize } from '@chromaray/imaging';

/** Ways in which a picture is altered before it turns up a second time. Each is as hard as docs/audit.md says. */
export const alterations = {
  'quality 40': (image) => resaved(image, 40),
  'quality 15': (image) => resaved(image, 15),
  rescaled: (image, random) => {
    const side = (length: number): number => Math.round(length * random.uniform(0.6, 1.5));
    return resize(image, { width: side(image.width), height: side(image.height) });
  },
  'cropped by 5 %': (image, random) => cropped(image, random, 0.95),
  'brightness and contrast': (image, random) => {
    const [gain, offset] = [random.uniform(0.75, 1.3), random.uniform(-40, 40)];
    return levels(image, (value) => gain * (value - 128) + 128 + offset);
  },
  'gray curve': (image, random) => {
    const gamma = random.uniform(0.6, 1.6);
    return levels(image, (value) => 255 * (value / 255) ** gamma);
  },
  mirrored: ({ width, height, data }) => ({
    width,
    height,
    data: Uint8Array.from(data, (_, i) => data[i - (i % width) + width - 1 - (i % width)]!),
  }),
} satisfies Record<string, (image: GrayImage, random: Random) => GrayImage | Promise<GrayImage>>;

export type Alteration = keyof typeof alterations;

/** Both X-rays at half strength: a chest that nobody has, with the ribs, edges and noise of real ones. */
export function laidOver(first: GrayImage, second: GrayImage): GrayImage {
  const other = resize(second, { width: first.width, height: first.height });
  return { ...first, data: first.data.map((value, i) => (value + other.data[i]! + 1) >> 1) };
}

async function resaved(image: GrayImage, quality: number): Promise<GrayImage> {
  return decodeGray(await encodeJpeg(image, quality));
}

function cropped(image: GrayImage, random: Random, share: number): GrayImage {
  const [width, height] = [Math.round(image.width * share), Math.round(image.height * share)];
  const left = random.int(image.width - width + 1);
  const top = random.int(image.height - height + 1);
  const data = new Uint8Array(width * height);
  for (let y = 0; y < height; y++) {
    const from = (y + top) * image.width + left;
    data.set(image.data.subarray(from, from + width), y * width);
  }
  return { width, height, data };
}

function levels(image: GrayImage, change: (value: number) => number): GrayImage {
  return { ...image, data: image.data.map((value) => Math.max(0, Math.min(255, Math.round(change(value))))) };
}
