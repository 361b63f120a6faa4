import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { GrayImage } from '@chromaray/imaging';
import { wellBehaved, writeNetwork } from '@chromaray/testing/networks';
import { describe, expect, it } from 'vitest';
import { addColorizer } from './add.js';
import { installedColorizer } from './installed.js';
import { openColorizer } from './open.js';

const folder = mkdtempSync(path.join(tmpdir(), 'chromaray-factors-'));
/** Written by test/reference/deoldify_small.py: a narrow generator of DeOldify's architecture with random weights. */
const fixture = (name: string) => fileURLToPath(new URL(`../../test/fixtures/${name}`, import.meta.url));
const gray: GrayImage = { width: 60, height: 44, data: Uint8Array.from({ length: 60 * 44 }, (_, i) => (i * 7) % 256) };

const add = (file: string, name: string, contract = 'deoldify-raw') => addColorizer(file, { contract, name, folder });

async function coloured(name: string, renderFactor?: number) {
  const colorizer = await openColorizer(name, { folder, ...(renderFactor !== undefined && { renderFactor }) });
  try {
    return { side: colorizer.inputSize, data: (await colorizer.colorize([gray]))[0]!.data };
  } finally {
    await colorizer.release();
  }
}

describe('the render factors of a colorizer that is added', () => {
  it('are all that are tried where the file has the Resize that odd ones need', async () => {
    const added = await add(fixture('deoldify-small.onnx'), 'whole');
    expect(added.renderFactors).toEqual([8, 15, 16, 21, 32, 35]);
    expect(installedColorizer('whole', folder)).toEqual(added);
    expect((await coloured('whole')).side).toBe(560);
  });

  it('are the even ones where it was traced at one, and the largest of them is used', async () => {
    const added = await add(fixture('deoldify-small-traced-256.onnx'), 'traced');
    expect(added.renderFactors).toEqual([8, 16, 32]);
    expect(await add(fixture('deoldify-small-traced-256.onnx'), 'traced')).toEqual(added);
    expect((await coloured('traced')).side).toBe(512);
    await expect(coloured('traced', 35)).rejects.toMatchObject({
      code: 'CHROMARAY_COLORIZER_RUN',
      remedy: expect.stringMatching(/8, 16 and 32 worked.* odd factor needs a Resize/),
    });
    await expect(coloured('traced', 34)).resolves.toMatchObject({ side: 544 });
  });

  it('is the one that a file is fixed to', async () => {
    const file = writeNetwork(path.join(folder, 'fixed.onnx'), wellBehaved('deoldify-raw', { side: 48, fixed: true }));
    expect((await add(file, 'fixed')).renderFactors).toEqual([3]);
  });

  it('are those of the contract where it allows only some', async () => {
    const file = writeNetwork(path.join(folder, 'lab.onnx'), wellBehaved('ddcolor'));
    expect((await add(file, 'lab', 'ddcolor')).renderFactors).toEqual([16, 32]);
  });
});
