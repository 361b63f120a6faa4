import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { sha256 } from '@chromaray/base';
import { describe, expect, it } from 'vitest';
import { decodeGray, decodeImage } from './decode/decode.js';
import { buildPack } from './pack/build-pack.js';
import { resize } from './resize/resize.js';
import { testFolder } from './testing/folder.test-support.js';

const folder = fileURLToPath(new URL('../../../../shared/data/originals/train/', import.meta.url));

describe.skipIf(!existsSync(folder))('published X-rays (skipped where the data set is not at hand)', () => {
  const files = existsSync(folder)
    ? ['NORMAL', 'PNEUMONIA'].flatMap((label) =>
        readdirSync(path.join(folder, label)).map((name) => path.join(folder, label, name)),
      )
    : [];

  it('all decode, at the size they were published in', async () => {
    const sizes = await Promise.all(files.map(async (file) => decodeImage(file)));
    expect(sizes).toHaveLength(44);
    for (const { width, height, isColour } of sizes) {
      expect(Math.min(width, height)).toBeGreaterThan(300);
      expect(isColour).toBe(false);
    }
  });

  it('keep their mean brightness when reduced, in both classes', async () => {
    const changes = await Promise.all(
      files.map(async (file) => {
        const gray = await decodeGray(file);
        return Math.abs(mean(resize(gray, 128).data) - mean(gray.data));
      }),
    );
    expect(Math.max(...changes)).toBeLessThan(0.05);
  });

  it('fill a pack', async () => {
    const items = files.map((file) => ({ id: path.basename(file), file, sha256: sha256(readFileSync(file)) }));
    const { pack, unreadable } = await buildPack({ directory: testFolder(), items, size: 128 });
    expect({ shape: pack.shape, unreadable }).toEqual({ shape: [44, 128, 128, 1], unreadable: [] });
    pack.close();
  });
});

function mean(data: Uint8Array): number {
  return data.reduce((sum, value) => sum + value, 0) / data.length;
}
