import { createHash } from 'node:crypto';
import { asImage, type GrayImage, type Image } from '../image.js';
import { BasePack, type PackShape, type PixelPack } from './pixel-pack.js';

class MemoryPack extends BasePack {
  readonly file = undefined;

  constructor(
    key: string,
    shape: PackShape,
    ids: readonly string[],
    private readonly pixels: Uint8Array,
  ) {
    super(key, shape, ids);
  }

  close(): void {
    // Memory goes back with the object.
  }

  protected copy(index: number, target: Uint8Array, offset: number): void {
    target.set(this.pixels.subarray(index * this.sampleCount, (index + 1) * this.sampleCount), offset);
  }
}

/**
 * A pack held in memory, for a handful of pictures: predictions on single files, tests. Its key is the
 * hash of ids and pixels.
 *
 * @param items at least one; all pictures of one size and number of channels
 * @throws RangeError when they differ
 */
export function memoryPack(items: readonly { readonly id: string; readonly image: GrayImage | Image }[]): PixelPack {
  const images = items.map((item) => asImage(item.image));
  const first = images[0];
  if (!first) throw new RangeError('A pack in memory needs at least one picture.');
  const { width, height, channels } = first;
  const hash = createHash('sha256').update(JSON.stringify([width, height, channels, items.map((item) => item.id)]));
  const pixels = new Uint8Array(images.length * width * height * channels);
  for (const [i, image] of images.entries()) {
    if (image.width !== width || image.height !== height || image.channels !== channels) {
      throw new RangeError(
        `Picture ${items[i]?.id} is ${image.width} x ${image.height} x ${image.channels}; the first is ${width} x ${height} x ${channels}.`,
      );
    }
    pixels.set(image.data, i * width * height * channels);
  }
  const shape = [images.length, height, width, channels] as const;
  return new MemoryPack(
    hash.update(pixels).digest('hex'),
    shape,
    items.map((item) => item.id),
    pixels,
  );
}
