import { crc32 } from 'node:zlib';
import { Random } from '@chromaray/base';
import type { GrayImage, Image } from '../image.js';
import { sharp } from '../sharp.js';

/** A smooth gray picture with some noise, which JPEG stores well. */
export function grayPicture(width: number, height: number, seed = 0): GrayImage {
  const random = new Random(seed);
  const phase = random.uniform(0, 6);
  const data = Uint8Array.from({ length: width * height }, (_, i) => {
    const [x, y] = [(i % width) / width, Math.floor(i / width) / height];
    return 128 + 80 * Math.sin(5 * x + phase) * Math.cos(4 * y) + random.uniform(-4, 4);
  });
  return { width, height, channels: 1, data };
}

export function rgbPicture(width: number, height: number, seed = 0): Image {
  const random = new Random(seed);
  const data = Uint8Array.from({ length: width * height * 3 }, () => random.int(256));
  return { width, height, channels: 3, data };
}

/** A PNG of 16 bits a sample. */
export function deepPng(width: number, height: number, channels: 1 | 2 | 3 | 4, samples: Uint16Array): Promise<Buffer> {
  return sharp()(samples, { raw: { width, height, channels } })
    .toColourspace(channels <= 2 ? 'grey16' : 'rgb16')
    .png()
    .toBuffer();
}

/** The signature and header of a gray 8-bit PNG that claims a size, and nothing behind them. */
export function pngHeader(width: number, height: number): Buffer {
  const header = Buffer.alloc(33);
  header.set([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  header.writeUInt32BE(13, 8);
  header.write('IHDR', 12);
  header.writeUInt32BE(width, 16);
  header.writeUInt32BE(height, 20);
  header[24] = 8;
  header.writeUInt32BE(crc32(header.subarray(12, 29)), 29);
  return header;
}
