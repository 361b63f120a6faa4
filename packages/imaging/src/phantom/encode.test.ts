import { Random } from '@chromaray/base';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import {
  drawAnatomy,
  drawExposure,
  drawPathology,
  encodePhantom,
  phantomNotice,
  reencodePhantom,
  renderPhantom,
} from './index.js';

const random = new Random('encode');
const anatomy = drawAnatomy(random);
const image = renderPhantom(anatomy, drawPathology('normal', 0, anatomy, random), drawExposure(random), 64, random);

describe.each(['jpeg', 'png'] as const)('a phantom as %s', (format) => {
  it('is a gray file of its size that says it is synthetic', async () => {
    const file = await encodePhantom(image, format);
    const metadata = await sharp(file).metadata();
    expect(metadata).toMatchObject({ format, width: 64, height: 64, channels: 1 });
    expect(metadata.exif?.toString('latin1')).toContain(phantomNotice);
  });

  it('keeps its pixels, nearly, when saved again in other bytes', async () => {
    const file = await encodePhantom(image, format);
    const again = await reencodePhantom(file, format);
    expect(again.equals(file)).toBe(false);
    const pixels = await sharp(again).toColourspace('b-w').raw().toBuffer();
    let difference = 0;
    for (let i = 0; i < pixels.length; i++) difference += Math.abs(pixels[i]! - image.data[i]!);
    expect(pixels.length).toBe(64 * 64);
    expect(difference / pixels.length).toBeLessThan(format === 'png' ? 1e-9 : 6);
  });
});
