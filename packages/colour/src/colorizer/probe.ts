import type { GrayImage } from '@chromaray/imaging';
import { type ColorizerFile, openNetworkColorizer } from './network-colorizer.js';

const width = 96;
const height = 80;

/** Every gray level, smooth and with edges: what an X-ray has, in small. */
export const probePicture: GrayImage = {
  width,
  height,
  data: Uint8Array.from({ length: width * height }, (_, i) => {
    const x = i % width;
    const y = Math.floor(i / width);
    const inside = (x - width / 2) ** 2 + (y - height / 2) ** 2 < 28 ** 2;
    return inside ? 255 - 2 * x : 1.5 * x + y;
  }),
};

/**
 * Colorizes one small picture at the colorizer's own size and throws what it finds wrong: the same errors that
 * colorizing an X-ray would give, before there is a study to stop.
 */
export async function probeColorizer(file: ColorizerFile): Promise<void> {
  const colorizer = await openNetworkColorizer(file);
  try {
    await colorizer.colorize([probePicture]);
  } finally {
    await colorizer.release();
  }
}
