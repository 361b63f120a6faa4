import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { encodeJpeg, encodePng } from '../encode/encode.js';
import { fileReadError } from '../image-error.js';
import { sharp } from '../sharp.js';
import { testFolder } from '../testing/folder.test-support.js';
import { grayPicture, pngHeader } from '../testing/pictures.test-support.js';
import { decodeGray, decodeImage } from './decode.js';

const isRoot = process.getuid?.() === 0;

describe('bad pictures', () => {
  it('a missing file', async () => {
    await expectFault(path.join(testFolder(), 'gone.jpeg'), 'MISSING');
  });

  it('a folder', async () => {
    const folder = path.join(testFolder(), 'folder.jpeg');
    mkdirSync(folder);
    await expectFault(folder, 'UNREADABLE');
  });

  it('a name longer than the file system takes', async () => {
    await expectFault(path.join(testFolder(), `${'x'.repeat(5000)}.jpeg`), 'UNREADABLE');
  });

  it('a file of 0 bytes', async () => {
    await expectFault(file(Buffer.alloc(0)), 'EMPTY');
    await expectFault(new Uint8Array(), 'EMPTY');
  });

  it('a text file named .jpeg', async () => {
    await expectFault(file(Buffer.from('patient,label\n1,NORMAL\n')), 'UNREADABLE');
  });

  it('formats other than JPEG and PNG, though the decoder knows them', async () => {
    const svg = '<svg xmlns="http://www.w3.org/2000/svg" width="8" height="8"><rect width="8" height="8"/></svg>';
    await expectFault(Buffer.from(svg), 'UNREADABLE');
    await expectFault(await raw().webp().toBuffer(), 'UNREADABLE');
  });

  it.each([3, 20, 100, 400])('a JPEG cut after %i bytes', async (bytes) => {
    await expectFault(file((await encodeJpeg(grayPicture(64, 64))).subarray(0, bytes)), 'TRUNCATED');
  });

  it('a JPEG without its last bytes, in full size and resized', async () => {
    const jpeg = await encodeJpeg(grayPicture(640, 480));
    const cut = jpeg.subarray(0, jpeg.length - 3);
    await expectFault(cut, 'TRUNCATED');
    await expect(decodeGray(cut, { size: 32 })).rejects.toMatchObject({ code: 'CHROMARAY_IMAGE_TRUNCATED' });
  });

  it.each([10, 40, 200])('a PNG cut after %i bytes', async (bytes) => {
    await expectFault(file((await encodePng(grayPicture(64, 64))).subarray(0, bytes)), 'TRUNCATED');
  });

  it('a PNG with a damaged middle', async () => {
    const png = Buffer.from(await encodePng(grayPicture(64, 64)));
    png.fill(0xa5, 300, 400);
    await expectFault(png, 'UNREADABLE');
  });

  it('a header that claims 20,000 x 20,000 pixels, without decoding it', async () => {
    await expectFault(file(pngHeader(20_000, 20_000)), 'TOO_LARGE');
  });

  it('a picture beyond the caller’s own limit', async () => {
    const png = await encodePng(grayPicture(20, 10));
    await expect(decodeImage(png, { maxPixels: 199 })).rejects.toMatchObject({ code: 'CHROMARAY_IMAGE_TOO_LARGE' });
    await expect(decodeImage(png, { maxPixels: 200 })).resolves.toMatchObject({ width: 20 });
  });

  it('a picture smaller than the caller needs', async () => {
    const png = await encodePng(grayPicture(20, 10));
    await expect(decodeGray(png, { minSide: 11 })).rejects.toMatchObject({ code: 'CHROMARAY_IMAGE_TOO_SMALL' });
    await expect(decodeGray(png, { minSide: 10 })).resolves.toMatchObject({ height: 10 });
  });

  it('a PNG without a pixel', async () => {
    await expectFault(pngHeader(0, 10), 'UNREADABLE');
  });

  it('a CMYK JPEG', async () => {
    await expectFault(await raw().toColourspace('cmyk').jpeg().toBuffer(), 'UNSUPPORTED');
  });

  it.skipIf(isRoot)('a file without read permission (skipped for root, who may read everything)', async () => {
    const secret = file(await encodePng(grayPicture(4, 4)));
    chmodSync(secret, 0o000);
    await expectFault(secret, 'PERMISSION');
  });

  it('the system’s refusal to open a file', () => {
    const refusal = Object.assign(new Error('EACCES: permission denied'), { code: 'EACCES' });
    expect(fileReadError('a.jpeg', refusal)).toMatchObject({ code: 'CHROMARAY_IMAGE_PERMISSION' });
  });

  it('any bytes in a file give a picture or an error with a code, never a crash', async () => {
    const [jpeg, png] = [await encodeJpeg(grayPicture(32, 32)), await encodePng(grayPicture(32, 32))];
    const damaged = fc
      .record({ base: fc.constantFrom(jpeg, png), at: fc.nat(), noise: fc.uint8Array({ minLength: 1, maxLength: 12 }) })
      .map(({ base, at, noise }) => {
        const bytes = Uint8Array.from(base);
        for (const [i, byte] of noise.entries()) bytes[(at + i) % bytes.length] = byte;
        return bytes;
      });
    await fc.assert(
      fc.asyncProperty(damaged, async (bytes) => {
        const outcome = await decodeGray(bytes, { maxPixels: 1_000_000 }).catch((error: { code?: string }) => error);
        expect('data' in outcome || outcome.code?.startsWith('CHROMARAY_IMAGE_')).toBe(true);
      }),
      { numRuns: 150 },
    );
  });
});

function raw() {
  const { data } = grayPicture(16, 16);
  return sharp()(data, { raw: { width: 16, height: 16, channels: 1 } });
}

function file(content: Uint8Array): string {
  const name = path.join(testFolder(), 'picture.jpeg');
  writeFileSync(name, content);
  return name;
}

async function expectFault(source: string | Uint8Array, fault: string): Promise<void> {
  const error = await decodeImage(source).catch((thrown: unknown) => thrown);
  expect(error).toMatchObject({ code: `CHROMARAY_IMAGE_${fault}`, remedy: expect.stringMatching(/\S/) });
  expect((error as Error).message).toContain(typeof source === 'string' ? source : 'The image');
}
