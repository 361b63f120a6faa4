import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { type ZipPart, zipOf } from '@chromaray/testing/zip';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { ZipArchive } from './zip-archive.js';

const fixtures = JSON.parse(readFileSync(new URL('../../test/fixtures/numpy-files.json', import.meta.url), 'utf8'));
const folder = mkdtempSync(path.join(os.tmpdir(), 'chromaray-zip-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const megabyte = 2 ** 20;

let count = 0;
function write(content: Uint8Array): string {
  const file = path.join(folder, `archive-${count++}.zip`);
  writeFileSync(file, content);
  return file;
}
const open = (parts: readonly ZipPart[]) => ZipArchive.open(write(zipOf(parts)));
const fault = (what: string) => expect.objectContaining({ code: `CHROMARAY_ZIP_${what}` });
const text = (bytes: Uint8Array) => Buffer.from(bytes).toString();

describe('ZipArchive', () => {
  it('reads files that Python packed, zip64 and stored', async () => {
    const archive = await ZipArchive.open(write(Buffer.from(fixtures.zip64, 'base64')));
    expect([...archive.files.keys()]).toEqual(['train/NORMAL/grün.txt', 'stored.txt']);
    expect(text(await archive.read('train/NORMAL/grün.txt', 500))).toBe('gray '.repeat(100));
    expect(text(await archive.read('stored.txt', 500))).toBe('as it is');
    expect(text(await archive.head('train/NORMAL/grün.txt', 6))).toBe('gray g');
  });

  it('gives back what was packed, whole and in pieces', async () => {
    const bytes = fc.uint8Array({ maxLength: 5000 });
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.record({ content: bytes, stored: fc.boolean() }), { maxLength: 5 }),
        async (files) => {
          const archive = await open(files.map((file, i) => ({ name: `f/${i}`, ...file })));
          for (const [i, { content }] of files.entries()) {
            expect(Buffer.from(await archive.read(`f/${i}`, megabyte))).toEqual(Buffer.from(content));
            const pieces: Uint8Array[] = [];
            for await (const piece of archive.pieces(`f/${i}`)) pieces.push(piece);
            expect(Buffer.concat(pieces)).toEqual(Buffer.from(content));
          }
          archive.close();
        },
      ),
      { numRuns: 25 },
    );
  });

  it('reads names with empty parts and dots, which lead nowhere else', async () => {
    const file = path.join(folder, 'dots.zip');
    writeFileSync(file, zipOf([{ name: './train/a.txt', content: 'a' }, { name: 'train//b.txt' }, { name: './' }]));
    const archive = await ZipArchive.open(file);
    expect([...archive.files.keys()]).toEqual(['train/a.txt', 'train/b.txt']);
    expect(Buffer.from(await archive.read('train/a.txt', 10)).toString()).toBe('a');
    archive.close();
    writeFileSync(file, zipOf([{ name: './a' }, { name: 'a' }]));
    await expect(ZipArchive.open(file)).rejects.toMatchObject({ code: 'CHROMARAY_ZIP_DUPLICATE' });
  });

  it.each(['../outside.txt', 'a/../../outside.txt', '/etc/passwd', 'C:/windows.txt', '..\\outside.txt', './../x'])(
    'refuses an archive with the name %s, with any other content',
    async (name) => {
      await expect(open([{ name: 'fine.txt' }, { name, content: 'x' }])).rejects.toEqual(fault('NAME'));
    },
  );

  it('refuses two files of one name, and a file that is a folder too', async () => {
    const twice = [
      { name: 'a', content: '1' },
      { name: 'a', content: '2' },
    ];
    await expect(open(twice)).rejects.toEqual(fault('DUPLICATE'));
    await expect(open([{ name: 'a' }, { name: 'a/b' }])).rejects.toEqual(fault('DUPLICATE'));
  });

  it('reports what cannot be read and reads the rest', async () => {
    const content = 'picture';
    const archive = await open([
      { name: 'fine', content },
      { name: 'secret', content, encrypted: true },
      { name: 'odd', content, claims: { method: 14 } },
      { name: 'link', content: '/etc/passwd', mode: 0o120777 },
      { name: 'damaged', content, claims: { crc32: 1 } },
      { name: 'far', content, claims: { offset: 10 * megabyte } },
      { name: 'moved', content, claims: { offset: 3 } },
    ]);
    const faults = {
      secret: 'ENCRYPTED',
      odd: 'METHOD',
      link: 'LINK',
      damaged: 'CORRUPT',
      far: 'CORRUPT',
      moved: 'CORRUPT',
    };
    for (const [name, what] of Object.entries(faults)) {
      await expect(archive.read(name, megabyte), name).rejects.toEqual(fault(what));
    }
    await expect(archive.read('absent', megabyte)).rejects.toEqual(
      expect.objectContaining({ code: 'CHROMARAY_IMAGE_MISSING' }),
    );
    expect(text(await archive.read('fine', megabyte))).toBe(content);
  });

  it('unpacks no more than the directory declares, and nothing of what declares too much', async () => {
    const content = Buffer.alloc(8 * megabyte);
    const archive = await open([
      { name: 'bomb', content, claims: { bytes: 100 } },
      { name: 'large', content },
      { name: 'short', content: 'abc', claims: { bytes: 5 } },
      { name: 'stored', content: 'abc', stored: true, claims: { bytes: 2 } },
    ]);
    await expect(archive.read('bomb', megabyte)).rejects.toEqual(fault('SIZE'));
    await expect(archive.read('large', megabyte)).rejects.toEqual(fault('LIMIT'));
    await expect(archive.read('short', megabyte)).rejects.toEqual(fault('SIZE'));
    await expect(archive.read('stored', megabyte)).rejects.toEqual(fault('SIZE'));
    const drain = async (name: string) => {
      for await (const _ of archive.pieces(name));
    };
    await expect(drain('bomb')).rejects.toEqual(fault('SIZE'));
    await expect(drain('short')).rejects.toEqual(fault('SIZE'));
  });

  it('says that a file is no archive, or that its end is missing', async () => {
    const whole = zipOf([{ name: 'a', content: 'x'.repeat(1000), stored: true }]);
    await expect(ZipArchive.open(write(Buffer.from('no archive')))).rejects.toEqual(fault('NOT_ZIP'));
    await expect(ZipArchive.open(write(Buffer.alloc(0)))).rejects.toEqual(fault('NOT_ZIP'));
    await expect(ZipArchive.open(write(whole.subarray(0, 800)))).rejects.toEqual(fault('NOT_ZIP'));
    await expect(ZipArchive.open(path.join(folder, 'absent.zip'))).rejects.toEqual(
      expect.objectContaining({ code: 'CHROMARAY_IMAGE_MISSING' }),
    );
  });

  it('never fails in another way than by its own errors, with any byte wrong', async () => {
    const whole = zipOf([
      { name: 'a/b.txt', content: 'x'.repeat(300) },
      { name: 'c.txt', content: 'yz', stored: true },
    ]);
    const random = fc.record({ at: fc.nat(whole.length - 1), value: fc.nat(255) });
    await fc.assert(
      fc.asyncProperty(random, async ({ at, value }) => {
        const changed = Buffer.from(whole);
        changed[at] = value;
        try {
          const archive = await ZipArchive.open(write(changed));
          for (const name of archive.files.keys()) await archive.read(name, megabyte);
          archive.close();
        } catch (error) {
          expect((error as { code?: string }).code).toMatch(/^CHROMARAY_ZIP_/);
        }
      }),
      { numRuns: 150 },
    );
  });
});
