import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { sha256 } from '@chromaray/base';
import { describe, expect, it } from 'vitest';
import { decodeGray, decodeImage } from './decode/decode.js';
import { buildPack } from './pack/build-pack.js';
import { resizeGray } from './resize/resize.js';
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

  it('come out of the fast resize as out of the resize of the decoded picture', async () => {
    const differences = await Promise.all(
      files.slice(0, 12).map(async (file) => {
        const fast = (await decodeGray(file, { size: 128 })).data;
        const slow = (await resizeGray(await decodeGray(file), 128)).data;
        return fast.reduce((sum, value, i) => sum + Math.abs(value - slow[i]!), 0) / fast.length;
      }),
    );
    expect(Math.max(...differences)).toBeLessThan(1);
  });

  it('fill a pack', async () => {
    const items = files.map((file) => ({ id: path.basename(file), file, sha256: sha256(readFileSync(file)) }));
    const { pack, unreadable } = await buildPack({ directory: testFolder(), items, size: 128 });
    expect({ shape: pack.shape, unreadable }).toEqual({ shape: [44, 128, 128, 1], unreadable: [] });
    pack.close();
  });
});
