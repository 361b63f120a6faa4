import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { sha256 } from '@chromaray/base';
import { type GrayImage, luma } from '@chromaray/imaging';
import { installedState } from '@chromaray/installed';
import { wellBehaved, writeNetwork } from '@chromaray/testing/networks';
import { describe, expect, it } from 'vitest';
import { addColorizer } from './add.js';
import { openColorizer } from './open.js';
import { availableNames, shippedColorizers, untrainedNames } from './shipped.js';
import { openUntrainedColorizer } from './untrained.js';

const folder = mkdtempSync(path.join(tmpdir(), 'chromaray-shipped-'));
const code = (what: string) => expect.objectContaining({ code: `CHROMARAY_COLORIZER_${what}` });

/** Every gray level, black and white included, in smooth and rough places. */
const picture: GrayImage = {
  width: 300,
  height: 220,
  data: Uint8Array.from({ length: 300 * 220 }, (_, i) => {
    const [x, y] = [i % 300, Math.floor(i / 300)];
    return x < 150 ? Math.min(255, 2 * x) : (Math.imul(x * 7919 + y, 2654435761) >>> 24) & 255;
  }),
};

async function coloured(open: Promise<Awaited<ReturnType<typeof openColorizer>>>) {
  const colorizer = await open;
  const [image] = await colorizer.colorize([picture]);
  await colorizer.release();
  return { image: image!, hash: sha256(image!.data), key: colorizer.key, name: colorizer.name };
}

describe('colorizers that come with the program', () => {
  it('are at hand without a folder, intact and at most 4 MB', async () => {
    expect(availableNames(path.join(folder, 'none'))).toContain('photo-small');
    for (const colorizer of shippedColorizers()) {
      expect(await installedState(colorizer)).toBe('intact');
      expect(colorizer.bytes).toBeLessThanOrEqual(4_000_000);
      expect(colorizer.licence).not.toBeNull();
    }
  });

  it('have a card that says how this very file was made', () => {
    for (const { file, sha256: hash, licence } of shippedColorizers()) {
      const card = readFileSync(file.replace(/\.onnx$/, '.md'), 'utf8');
      const parts = [hash, licence!, 'chromaray colorizer train', '| seed |', 'For research use only', '| gray |'];
      for (const part of parts) expect(card).toContain(part);
    }
  });

  it('photo-small colours, and every pixel keeps its gray level as luma', async () => {
    const { image } = await coloured(openColorizer('photo-small', { folder }));
    expect(image).toMatchObject({ width: 300, height: 220, channels: 3 });
    let colourful = 0;
    for (let i = 0; i < picture.data.length; i++) {
      const [red, green, blue] = image.data.subarray(3 * i, 3 * i + 3) as unknown as [number, number, number];
      if (luma(red, green, blue) !== picture.data[i]) expect.fail(`luma of pixel ${i}`);
      if (Math.max(red, green, blue) - Math.min(red, green, blue) > 4) colourful++;
    }
    expect(colourful).toBeGreaterThan(picture.data.length / 4);
  });

  it('nothing else is installed under their names', async () => {
    const file = writeNetwork(path.join(folder, 'other.onnx'), wellBehaved('uv'));
    await expect(addColorizer(file, { contract: 'uv', name: 'Photo-Small', folder })).rejects.toEqual(code('EXISTS'));
  });
});

describe('openUntrainedColorizer', () => {
  it('gives the same network with other weights, by seed, as colourful and with the same luma', async () => {
    const open = (seed: number) => coloured(openUntrainedColorizer('photo-small', { seed, folder }));
    const [trained, first, again, other] = [
      await coloured(openColorizer('photo-small', { folder })),
      await open(1),
      await open(1),
      await open(2),
    ];
    expect(first.name).toBe('photo-small-untrained');
    expect([again.key, again.hash]).toEqual([first.key, first.hash]);
    for (const different of [trained, other]) {
      expect(different.key).not.toBe(first.key);
      expect(different.hash).not.toBe(first.hash);
    }
    const strength = ({ image: { data } }: typeof first) =>
      Math.sqrt(picture.data.reduce((sum, level, i) => sum + (data[3 * i]! - level) ** 2, 0) / picture.data.length);
    expect(strength(first) / strength(trained)).toBeGreaterThan(0.4);
    expect(strength(first) / strength(trained)).toBeLessThan(2.5);
    expect(picture.data.every((level, i) => luma(...rgb(first.image.data, i)) === level)).toBe(true);
  });

  it('is what the name of a twin opens, with its seed', async () => {
    const [named, other, opened] = await Promise.all([
      coloured(openColorizer('photo-small-untrained', { seed: 2, folder })),
      coloured(openColorizer('photo-small-untrained', { folder })),
      coloured(openUntrainedColorizer('photo-small', { seed: 2, folder })),
    ]);
    expect(named).toMatchObject({ name: 'photo-small-untrained', key: opened.key, hash: opened.hash });
    expect(other.hash).not.toBe(named.hash);
    expect(untrainedNames(folder)).toEqual(['photo-small-untrained']);
  });

  it('keeps such names for twins: no file is installed under one', async () => {
    const file = writeNetwork(path.join(folder, 'twin.onnx'), wellBehaved('uv'));
    const added = addColorizer(file, { contract: 'uv', name: 'Mine-Untrained', folder });
    await expect(added).rejects.toEqual(code('NAME'));
  });

  it('refuses a network whose trained tensors are not known, and a name that is none', async () => {
    const file = writeNetwork(path.join(folder, 'deoldify.onnx'), wellBehaved('deoldify-raw'));
    await addColorizer(file, { contract: 'deoldify-raw', name: 'foreign', folder });
    const open = (name: string) => openUntrainedColorizer(name, { seed: 1, folder });
    await expect(open('foreign')).rejects.toEqual(code('NO_UNTRAINED'));
    await expect(open('photo-smal')).rejects.toEqual(code('UNKNOWN'));
  });
});

function rgb(data: Uint8Array, pixel: number): [number, number, number] {
  return [data[3 * pixel]!, data[3 * pixel + 1]!, data[3 * pixel + 2]!];
}
