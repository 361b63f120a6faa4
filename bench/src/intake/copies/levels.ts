import type { Random } from '@chromaray/base';
import { decodeGray, encodeJpeg, type GrayImage, type Image, mergeLightness } from '@chromaray/imaging';

/** Every level by a curve, cut to 0 to 255. */
export function levels(image: GrayImage, change: (value: number) => number): GrayImage {
  const table = Uint8Array.from({ length: 256 }, (_, v) => Math.max(0, Math.min(255, Math.round(change(v)))));
  return { ...image, data: image.data.map((value) => table[value]!) };
}

export function inverted(image: GrayImage): GrayImage {
  return levels(image, (value) => 255 - value);
}

export function gamma(image: GrayImage, exponent: number): GrayImage {
  return levels(image, (value) => 255 * (value / 255) ** exponent);
}

/** The levels of a window stretched to all levels, others cut. */
export function windowed(image: GrayImage, low: number, high: number): GrayImage {
  return levels(image, (value) => (255 * (value - low)) / (high - low));
}

/** Means of a square, `radius` pixels to each side, twice: nearly a Gaussian. */
export function blurred(image: GrayImage, radius: number): GrayImage {
  const once = (data: Uint8Array, stride: number, length: number): Uint8Array =>
    data.map((_, i) => {
      const at = Math.floor(i / stride) % length;
      let sum = 0;
      for (let k = -radius; k <= radius; k++)
        sum += data[i + (Math.max(0, Math.min(length - 1, at + k)) - at) * stride]!;
      return Math.round(sum / (2 * radius + 1));
    });
  const { width, height } = image;
  const across = once(once(image.data, 1, width), 1, width);
  return { width, height, data: once(once(across, width, height), width, height) };
}

export function noisy(image: GrayImage, deviation: number, random: Random): GrayImage {
  const data = image.data.map((value) => Math.max(0, Math.min(255, Math.round(value + deviation * random.normal()))));
  return { ...image, data };
}

export async function resaved(image: GrayImage, quality: number): Promise<GrayImage> {
  return decodeGray(await encodeJpeg(image, quality));
}

/** Coloured as colorizing networks do it: the lightness kept, a smooth tint that changes over the picture. */
export function tinted(image: GrayImage, random: Random): Image {
  const phase = random.uniform(0, 6);
  const count = image.data.length;
  const [a, b] = [new Float32Array(count), new Float32Array(count)];
  image.data.forEach((value, i) => {
    const [x, y] = [(i % image.width) / image.width, Math.floor(i / image.width) / image.height];
    a[i] = 18 * Math.sin(3 * x + phase) + value / 20;
    b[i] = 25 * Math.cos(2.5 * y + phase) + value / 12;
  });
  return mergeLightness(image, { width: image.width, height: image.height, a, b });
}

/** Lines of small white glyphs along an edge, as departments and viewers write them. */
export function labelled(image: GrayImage, random: Random): GrayImage {
  const { width, height } = image;
  const data = image.data.slice();
  const scale = Math.max(1, Math.round(width / 220));
  for (const top of [2, height - 9 * scale]) {
    for (let glyph = 0; glyph < 12; glyph++) {
      for (let bit = 0; bit < 35; bit++) {
        if (random.float() < 0.5) continue;
        for (let k = 0; k < scale * scale; k++) {
          const x = 4 + (glyph * 6 + (bit % 5)) * scale + (k % scale);
          const y = top + Math.floor(bit / 5) * scale + Math.floor(k / scale);
          if (x < width && y >= 0 && y < height) data[y * width + x] = 255;
        }
      }
    }
  }
  return { width, height, data };
}
