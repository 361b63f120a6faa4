import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { zipOf } from '@chromaray/testing/zip';
import { describe, expect, it } from 'vitest';
import { decodeGray, decodeImage } from '../decode/decode.js';
import { deepSamples, radiographElements } from '../dicom/dicom-files.test-support.js';
import { writePart10 } from '../dicom/write-part-10.js';
import { encodeJpeg, encodePng } from '../encode/encode.js';
import type { GrayImage } from '../image.js';
import type { Progress } from '../progress.js';
import { testFolder } from '../testing/folder.test-support.js';
import { grayPicture } from '../testing/pictures.test-support.js';
import { applyColourTable } from './apply-table.js';
import { colourFolder } from './colour-folder.js';
import { colourTable } from './colour-table.js';

describe('colourFolder', () => {
  it('colours every picture at full size, keeping folders and names', async () => {
    const { input, output } = await folders();
    const told: Progress[] = [];
    const result = await colourFolder({ input, output, map: 'turbo', onProgress: (progress) => told.push(progress) });
    const names = ['NORMAL/a.png', 'PNEUMONIA/Röntgen.png', 'PNEUMONIA/b.png'];
    expect(result.written.map((file) => path.relative(output, file)).sort()).toEqual(names.sort());
    expect(result.unreadable).toEqual([]);
    const gray = await decodeGray(path.join(input, 'NORMAL/a.jpeg'));
    const coloured = await decodeImage(path.join(output, 'NORMAL/a.png'));
    expect(coloured.data).toEqual(applyColourTable(gray, colourTable('turbo')).data);
    expect(told.at(-1)).toMatchObject({ done: 3, total: 3 });
  });

  it('goes on past what it cannot read, and says what that was', async () => {
    const { input, output } = await folders();
    writeFileSync(path.join(input, 'text.jpeg'), 'not an image');
    writeFileSync(path.join(input, 'notes.txt'), 'left alone');
    const { written, unreadable } = await colourFolder({ input, output, map: 'bone' });
    expect(written).toHaveLength(3);
    expect(unreadable).toMatchObject([{ file: path.join(input, 'text.jpeg'), code: 'CHROMARAY_IMAGE_UNREADABLE' }]);
  });

  it('knows DICOM files of a folder by what they hold, where their names have no extension', async () => {
    const { input, output } = await folders();
    const radiograph = writePart10(radiographElements(deepSamples(12, 10), 12, 10));
    writeFileSync(path.join(input, '1.2.840.113619.2'), radiograph);
    writeFileSync(path.join(input, 'README'), 'left alone');
    const { written, unreadable } = await colourFolder({ input, output, map: 'hot' });
    expect(written).toContain(path.join(output, '1.2.840.113619.png'));
    expect([written.length, unreadable]).toEqual([4, []]);
  });

  it('colours a single file', async () => {
    const { input, output } = await folders();
    const { written } = await colourFolder({ input: path.join(input, 'NORMAL/a.jpeg'), output, map: 'hot' });
    expect(written).toEqual([path.join(output, 'a.png')]);
  });

  it('colours what lies in an archive, in a folder of one, and in arrays, and nothing that a system hid there', async () => {
    const { input, output } = await folders();
    const content = readFileSync(path.join(input, 'NORMAL/a.jpeg'));
    const zip = path.join(path.dirname(input), 'set.zip');
    const parts = ['chest/train/NORMAL/a.jpeg', 'chest/train/NORMAL/b.jpeg', '__MACOSX/chest/train/NORMAL/._a.jpeg'];
    writeFileSync(zip, zipOf([...parts.map((name) => ({ name, content })), { name: 'readme.txt', content: 'text' }]));
    const names = async (from: string, to: string, layout: 'as-input' | 'original' = 'as-input') => {
      const { written } = await colourFolder({ input: from, output: path.join(output, to), map: 'hot', layout });
      return written.map((file) => path.relative(path.join(output, to), file));
    };
    const expected = ['chest/train/NORMAL/a.png', 'chest/train/NORMAL/b.png'];
    expect(await names(zip, 'whole')).toEqual(expected);
    // A second time over what is there already.
    expect(await names(zip, 'whole')).toEqual(expected);
    expect(await names(path.join(zip, 'chest'), 'original', 'original')).toEqual([
      'c_train/NORMAL/a.jpeg',
      'c_train/NORMAL/b.jpeg',
    ]);
    expect(await names(path.join(zip, 'chest/train/NORMAL/a.jpeg'), 'one')).toEqual(['a.png']);
    const arrays = JSON.parse(
      readFileSync(new URL('../../test/fixtures/numpy-files.json', import.meta.url), 'utf8'),
    ) as Record<string, string>;
    const npz = path.join(path.dirname(input), 'set.npz');
    writeFileSync(npz, Buffer.from(arrays.compressed!, 'base64'));
    expect(await names(npz, 'arrays')).toEqual([0, 1, 2].map((index) => `train_images/${index}.png`));
  });

  it('keeps apart pictures that differ in the extension only', async () => {
    const { input, output } = await folders();
    writeFileSync(path.join(input, 'NORMAL/a.png'), await encodePng(grayPicture(5, 5)));
    await colourFolder({ input, output, map: 'hot' });
    expect(readdirSync(path.join(output, 'NORMAL')).sort()).toEqual(['a.jpeg.png', 'a.png.png']);
  });

  it('does not colour its own output when that lies within the input', async () => {
    const { input } = await folders();
    const output = path.join(input, 'coloured');
    for (const _run of [1, 2]) expect((await colourFolder({ input, output, map: 'hot' })).written).toHaveLength(3);
  });

  it('never writes over an original', async () => {
    const input = testFolder();
    const file = path.join(input, 'a.png');
    writeFileSync(file, await encodePng(grayPicture(5, 5)));
    const before = readFileSync(file);
    for (const from of [input, file]) {
      await expect(colourFolder({ input: from, output: input, map: 'hot' })).rejects.toMatchObject({
        code: expect.stringMatching(/CHROMARAY_(COLOUR_OVERWRITE|IMAGE_UNREADABLE)/),
      });
    }
    expect(readFileSync(file)).toEqual(before);
  });

  it('writes a sheet of the first pictures beside their colours', async () => {
    const { input, output } = await folders();
    const file = path.join(output, 'sheet.png');
    await colourFolder({ input, output, map: 'viridis', sheet: { file, rows: 2 } });
    expect((await decodeImage(file)).isColour).toBe(true);
  });

  it('lays colours out as the original study did, each file under its source’s name', async () => {
    const { input: part, output } = await folders();
    const input = testFolder();
    cpSync(part, path.join(input, 'train'), { recursive: true });
    cpSync(part, path.join(input, 'test'), { recursive: true });
    writeFileSync(path.join(input, 'loose.png'), await encodePng(grayPicture(5, 5)));
    const { written } = await colourFolder({ input, output, map: 'jet', layout: 'original' });
    const names = ['NORMAL/a.jpeg', 'PNEUMONIA/Röntgen.jpg', 'PNEUMONIA/b.PNG'];
    const expected = ['c_test', 'c_train'].flatMap((folder) => names.map((name) => path.join(folder, name)));
    expect(written.map((file) => path.relative(output, file)).sort()).toEqual(expected.sort());
    const [jpeg, png] = [names[0]!, names[2]!].map((name) => decodeImage(path.join(output, 'c_train', name)));
    expect([(await jpeg!).format, (await png!).format]).toEqual(['jpeg', 'png']);
    await expect(colourFolder({ input: part, output, map: 'jet', layout: 'original' })).rejects.toMatchObject({
      code: 'CHROMARAY_COLOUR_LAYOUT',
    });
  });

  it('colours with any function, and stops when it fails', async () => {
    const { input, output } = await folders();
    const colour = async (gray: GrayImage) => applyColourTable(gray, colourTable('hot'));
    await colourFolder({ input, output, colouring: { name: 'mine', colour } });
    const gray = await decodeGray(path.join(input, 'NORMAL/a.jpeg'));
    expect((await decodeImage(path.join(output, 'NORMAL/a.png'))).data).toEqual((await colour(gray)).data);
    const fault = new Error('no colours');
    const broken = { name: 'broken', colour: () => Promise.reject(fault) };
    await expect(colourFolder({ input, output, colouring: broken })).rejects.toBe(fault);
  });

  it('stops when aborted', async () => {
    const { input, output } = await folders();
    const reason = new Error('Ctrl-C');
    await expect(colourFolder({ input, output, map: 'hot', signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
    expect(existsSync(output)).toBe(false);
  });

  it('tells apart a missing input, an empty folder and an unknown map', async () => {
    const { input, output } = await folders();
    const empty = testFolder();
    const codeOf = (options: { input: string; map: string }) =>
      colourFolder({ ...options, output }).then(
        () => 'none',
        (error: { code: string }) => error.code,
      );
    expect(await codeOf({ input: path.join(input, 'gone'), map: 'hot' })).toBe('CHROMARAY_IMAGE_MISSING');
    expect(await codeOf({ input: empty, map: 'hot' })).toBe('CHROMARAY_IMAGE_UNREADABLE');
    expect(await codeOf({ input, map: 'turbine' })).toBe('CHROMARAY_COLOUR_UNKNOWN_MAP');
  });
});

async function folders(): Promise<{ input: string; output: string }> {
  const root = testFolder();
  const input = path.join(root, 'in');
  mkdirSync(path.join(input, 'NORMAL'), { recursive: true });
  mkdirSync(path.join(input, 'PNEUMONIA'));
  writeFileSync(path.join(input, 'NORMAL/a.jpeg'), await encodeJpeg(grayPicture(30, 20, 1)));
  writeFileSync(path.join(input, 'PNEUMONIA/b.PNG'), await encodePng(grayPicture(12, 24, 2)));
  writeFileSync(path.join(input, 'PNEUMONIA/Röntgen.jpg'), await encodeJpeg(grayPicture(16, 16, 3)));
  return { input, output: path.join(root, 'out') };
}
